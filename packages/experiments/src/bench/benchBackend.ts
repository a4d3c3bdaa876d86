import { resourceUsage } from 'node:process';
import { selectBackend, type BackendName, type BackendReport } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { BENCH_CASES, CHECK, type BenchCase } from './benchCases.js';
import { trainer } from './trainer.js';

/** What one backend tells of itself, one message after the other: it may be stopped at any of them. */
export type BenchMessage =
  | { readonly kind: 'backend'; readonly report: BackendReport }
  /** Of the check: the loss, and the norm of each variable's gradient. */
  | { readonly kind: 'check'; readonly numbers: readonly number[] }
  | {
      readonly kind: 'step';
      readonly name: string;
      /** Median of the steps. */
      readonly ms: number;
      readonly steps: number;
      readonly samplesPerSecond: number;
      /** Of the process so far; on a GPU its own memory is not in it. */
      readonly peakMemoryMb: number;
      readonly gpuMemoryMb?: number;
    }
  | { readonly kind: 'left out'; readonly name: string; readonly expectedMs: number };

/** A step that would take longer is left out. */
const LONGEST_STEP_MS = 15_000;

/**
 * Times training steps on one backend: first the check, then the cases that it is fast enough for. Two steps to warm up, then at least two, and as many
 * as fit into three seconds, ten at most.
 *
 * @throws `MgmtError` `nn/backend-unavailable`, `nn/unknown-backend`, and what a backend throws that fails
 */
export async function benchBackend(name: BackendName, tell: (message: BenchMessage) => void): Promise<void> {
  tell({ kind: 'backend', report: await selectBackend({ force: name }) });
  let msPerGigaMac = await check(tell);
  for (const each of BENCH_CASES) {
    const measured = await measure(each, msPerGigaMac);
    if (typeof measured === 'number') {
      tell({ kind: 'left out', name: each.name, expectedMs: Math.round(measured) });
      continue;
    }
    const { ms, steps, gigaMacs } = measured;
    msPerGigaMac = ms / gigaMacs;
    const gpu = (tf.memory() as { numBytesInGPU?: number }).numBytesInGPU;
    tell({
      kind: 'step',
      name: each.name,
      ms: Math.round(ms * 10) / 10,
      steps,
      samplesPerSecond: Math.round((each.batch / ms) * 1e4) / 10,
      peakMemoryMb: Math.round(resourceUsage().maxRSS / 1024),
      ...(gpu !== undefined && { gpuMemoryMb: Math.round(gpu / 1e6) }),
    });
  }
}

/** Tells the numbers of the check; returns what a step took for its work. */
async function check(tell: (message: BenchMessage) => void): Promise<number> {
  const { look, step, gigaMacs, dispose } = trainer(CHECK);
  tell({ kind: 'check', numbers: await look() });
  await step(); // compiles
  const began = performance.now();
  await step();
  const ms = performance.now() - began;
  dispose();
  return ms / gigaMacs;
}

/** The time of a step, or the time that it is expected to take where that is too long. */
async function measure(each: BenchCase, msPerGigaMac: number) {
  const { step, gigaMacs, dispose } = trainer(each);
  try {
    const expected = msPerGigaMac * gigaMacs;
    if (expected > LONGEST_STEP_MS) return expected;
    await step();
    await step();
    const times: number[] = [];
    const began = performance.now();
    while (times.length < 2 || (times.length < 10 && performance.now() - began < 3000)) {
      const from = performance.now();
      await step();
      times.push(performance.now() - from);
    }
    return { ms: times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!, steps: times.length, gigaMacs };
  } finally {
    dispose();
  }
}
