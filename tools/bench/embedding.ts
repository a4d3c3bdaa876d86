/**
 * The time of t-SNE: one JSON line a task, in the form of the Python side of the comparison, for alternated runs side by side.
 *
 *   tsne-128x512, tsne-1000x512   perplexity 30, 1,000 steps, on the array that the Python side makes: ms, KL divergence, trustworthiness
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/embedding.ts [--python=python3] [--runs=1] [TASK ...]
 * The interpreter needs NumPy, which draws the array. `ms` is the median; the first run is compiled while it runs. `cpu_ms` is what a machine shared with
 * others tells more of.
 */
import { spawnSync } from 'node:child_process';
import { decodeNpy, rng } from '@mgmt/core';
import { trustworthiness, tsne } from '@mgmt/evaluation';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const runs = Number(option('runs') ?? 1);

/** Ten groups of normal points, from NumPy's own generator. */
const DRAW = `
import sys, numpy as np
n, d = map(int, sys.argv[1:])
r = np.random.default_rng(0)
np.save(sys.stdout.buffer, (r.normal(size=(n, d)) + 3 * r.normal(size=(10, d))[r.integers(0, 10, n)] / 4).astype('f4'))
`;

function drawn(n: number, d: number): { data: ArrayLike<number>; shape: readonly [number, number] } {
  const { stdout, stderr, status } = spawnSync(option('python') ?? 'python3', ['-c', DRAW, String(n), String(d)], { maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`the array could not be drawn: ${stderr}`);
  return { data: decodeNpy(stdout).data as Float32Array, shape: [n, d] };
}

async function timed(task: string, n: number, d: number): Promise<object> {
  const points = drawn(n, d);
  const times: number[] = [];
  const cpuTimes: number[] = [];
  let result;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    result = await tsne(points, { rng: rng(0), perplexity: 30, iterations: 1000 });
    const cpu = process.cpuUsage(cpuStart);
    times.push(performance.now() - start);
    cpuTimes.push((cpu.user + cpu.system) / 1000);
  }
  const { klDivergence, embedding } = result!;
  return {
    task,
    side: 'typescript',
    ms: median(times),
    cpu_ms: median(cpuTimes),
    kl: rounded(klDivergence, 4),
    trustworthiness: rounded(trustworthiness(points, embedding), 4),
  };
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
const median = (values: number[]) => rounded(values.sort((a, b) => a - b)[values.length >> 1]!, 1);

const TASKS: Readonly<Record<string, () => Promise<object>>> = {
  'tsne-128x512': () => timed('tsne-128x512', 128, 512),
  'tsne-1000x512': () => timed('tsne-1000x512', 1000, 512),
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const task of asked.length > 0 ? asked : Object.keys(TASKS)) console.log(JSON.stringify(await TASKS[task]!()));
