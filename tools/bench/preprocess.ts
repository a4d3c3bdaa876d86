/**
 * The time to make network inputs: one JSON line a task, in the form of the Python side of the comparison, for alternated runs side by side.
 *
 *   clahe-64x128, clahe-64x256   3-D CLAHE of noise in [0, 1], tiles of an eighth
 *   case-to-array                a case's series -> window of 64 slices around the largest cutaway -> brain crop -> 64x256x256 linear -> 3-D CLAHE
 *   case-to-array-out            the same, the series read into memory that is used again
 *   prepared                     the last without reading
 *   resize                       a cropped window to 64x256x256, linear
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/preprocess.ts --work=DIR [--runs=7] [TASK ...]
 * DIR holds cases in the RSNA-MICCAI layout: train/00000/FLAIR/*.dcm. `cpu_ms` is what a machine shared with others tells more of than `ms`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rng, volume, type VolumeShape } from '@mgmt/core';
import { readSeries } from '@mgmt/dicom-io';
import { clahe, cropToBrain, minMax, resizeVolume, runPipeline, type Step, toAxial, windowOfSlices } from '@mgmt/preprocess';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const work = option('work');
if (!work) throw new Error('usage: preprocess.ts --work=DIR [--runs=7] [TASK ...]');
const runs = Number(option('runs') ?? 7);
const cohort = join(work, 'train');
const folders = readdirSync(cohort).map((id) => join(cohort, id, 'FLAIR'));
const series = async (i: number) => (await readSeries(folders[i % folders.length]!)).volume;

async function timed(task: string, work: (i: number) => unknown): Promise<object> {
  for (let i = 0; i < 3; i++) await work(i); // compiled, and in the system's cache
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    await work(i);
    const cpu = process.cpuUsage(cpuStart);
    times.push(performance.now() - start);
    cpuTimes.push((cpu.user + cpu.system) / 1000);
  }
  return { task, side: 'typescript', ms: median(times), cpu_ms: median(cpuTimes) };
}

const median = (values: number[]) => Number(values.sort((a, b) => a - b)[values.length >> 1]!.toFixed(1));

function noise(shape: VolumeShape) {
  const random = rng('noise');
  return volume(
    Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.uniform()),
    shape,
  );
}

const input: readonly Step[] = [
  { step: 'toAxial' },
  { step: 'windowOfSlices', before: 32, after: 32 },
  { step: 'cropToBrain', threshold: 'nonzero' },
  { step: 'resizeVolume', shape: [64, 256, 256] },
  { step: 'clahe', range: 'volume' },
];

const TASKS: Readonly<Record<string, () => Promise<object>>> = {
  'clahe-64x128': () => timed('clahe-64x128', clahe.bind(undefined, noise([64, 128, 128]), {})),
  'clahe-64x256': () => timed('clahe-64x256', clahe.bind(undefined, noise([64, 256, 256]), {})),
  'case-to-array': () => timed('case-to-array', async (i) => runPipeline(input, await series(i))),
  async 'case-to-array-out'() {
    const { length, constructor: Type } = (await series(0)).data;
    const out = new (Type as Int16ArrayConstructor)(length).fill(1);
    const read = async (i: number) => (await readSeries(folders[i % folders.length]!, { out })).volume;
    return timed('case-to-array-out', async (i) => runPipeline(input, await read(i)));
  },
  async prepared() {
    const head = await series(0);
    return timed('prepared', () => runPipeline(input, head));
  },
  async resize() {
    const brain = cropToBrain(windowOfSlices(toAxial(await series(0)), { before: 32, after: 32 }), { threshold: 'nonzero' });
    return timed('resize', () => minMax(resizeVolume(brain, { shape: [64, 256, 256] })));
  },
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const task of asked.length > 0 ? asked : Object.keys(TASKS)) console.log(JSON.stringify(await TASKS[task]!()));
