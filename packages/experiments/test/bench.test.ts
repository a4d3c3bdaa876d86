import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BACKEND_NAMES, selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { BENCH_CASES, CHECK } from '../src/bench/benchCases.js';
import { type BackendBench, benchBackends } from '../src/bench/benchBackends.js';
import { benchText } from '../src/bench/benchText.js';
import { trainer } from '../src/bench/trainer.js';

describe('benchBackends', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'mgmt-bench-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The bench, with a program in place of the command. */
  async function benchWith(program: string): Promise<readonly BackendBench[]> {
    const file = join(folder, 'command.mjs');
    await writeFile(file, `const [, , command, backend] = process.argv;\n${program}`);
    return benchBackends([file], () => undefined);
  }

  it('asks each backend in a process of its own, and takes no line but its messages', async () => {
    const bench = await benchWith(`
      console.log('a library says hello');
      console.log(JSON.stringify({ kind: 'check', numbers: [0.5, backend.length] }));
      console.log(JSON.stringify({ kind: 'step', name: command, ms: 7 }));
      console.log('{"of": "another kind"}');`);
    expect(bench.map(({ backend }) => backend)).toEqual([...BACKEND_NAMES]);
    for (const each of bench) {
      expect(each).toEqual({
        backend: each.backend,
        numbers: [0.5, each.backend.length],
        steps: [{ kind: 'step', name: 'bench-backend', ms: 7 }],
        leftOut: [],
      });
    }
  });

  it('keeps what was measured before a backend failed, with the reason', async () => {
    const bench = await benchWith(`
      console.log(JSON.stringify({ kind: 'step', name: 'small', ms: 7 }));
      if (backend === 'webgpu') process.kill(process.pid, 'SIGKILL');
      console.error('some warning\\nnn/out-of-memory: the memory is used up\\n  hint: a smaller batch');
      process.exitCode = 1;`);
    const [gpu, , webgpu] = bench;
    expect(gpu!.error).toBe('nn/out-of-memory: the memory is used up');
    expect(webgpu!.error).toMatch(/^its process was stopped by SIGKILL/);
    expect(bench.every(({ steps }) => steps.length === 1)).toBe(true);
  });
});

describe('benchText', () => {
  it('shows a step, what it does in a second, memory, what was left out, and how far the numbers are from plain JavaScript’s', () => {
    const step = { kind: 'step', name: 'ResNet18', ms: 12.34, steps: 5, samplesPerSecond: 648.3, peakMemoryMb: 900 } as const;
    const text = benchText([
      { backend: 'tensorflow-gpu', steps: [], leftOut: [], error: 'no NVIDIA GPU was found' },
      { backend: 'webgpu', numbers: [0.5, 2.0002], steps: [{ ...step, gpuMemoryMb: 800 }], leftOut: [], error: 'the device was lost' },
      { backend: 'cpu', numbers: [0.5, 2], steps: [], leftOut: [{ kind: 'left out', name: 'ResNet18', expectedMs: 61_000 }] },
    ]);
    expect(text).toMatchInlineSnapshot(`
"bench     a training step: forward, backward, Adam; the median
  tensorflow-gpu
    not measured: no NVIDIA GPU was found
  webgpu
    ResNet18                           12.3 ms    648.3 samples/s   peak 900 MB, 800 MB on the GPU
    loss and gradients of ResNet10, 8x16x16, batch 4: as plain JavaScript's to 1e-4
    not measured to the end: the device was lost
  cpu
    ResNet18                       left out: some 61 s a step"
`);
  });
});

describe('a trainer', () => {
  beforeAll(async () => void (await selectBackend({ force: 'wasm' })));

  it('knows what its convolutions cost: ResNet18 over 128x128 with one channel, 0.5665 thousand million multiplications, by hand', () => {
    const { gigaMacs, dispose } = trainer({ ...BENCH_CASES.find(({ name }) => name.startsWith('ResNet18'))!, batch: 1 });
    expect(gigaMacs).toBeCloseTo(0.5665, 4);
    dispose();
  });

  it('gives the same numbers each time it looks, others after a step, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const { look, step, dispose } = trainer(CHECK);
    const first = await look();
    const second = await look();
    expect(first.length).toBeGreaterThan(10);
    expect(second).toEqual(first);
    await step();
    expect((await look())[0]).toBeLessThan(first[0]!);
    dispose();
    expect(tf.memory().numTensors).toBe(before);
  }, 30_000);
});
