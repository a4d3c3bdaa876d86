/**
 * The time that augmenting a batch takes, with every augmentation of the paper's preset and with each that always strikes: one JSON line a case. Beside
 * the elapsed time stands that of the processors, which other work on the machine disturbs less.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/augment.ts [--runs=9] [CASE ...]
 */
import { parseArgs } from 'node:util';
import { rng } from '@mgmt/core';
import {
  type Augmentation,
  augmentation,
  type ImageBatch,
  paperAugmentation,
  randomAffine,
  randomFlip,
  randomGaussianSmooth,
  randomGibbsNoise,
  randomIntensity,
  randomResizedCrop,
  selectBackend,
  simclrAugmentation,
} from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';

interface Case {
  readonly shape: number[];
  readonly steps: readonly Augmentation[];
}
const slices = [32, 256, 256, 1];
const volume = [1, 64, 256, 256, 1];
const CASES: Readonly<Record<string, Case>> = {
  'paper-32x256x256': { shape: slices, steps: paperAugmentation },
  'paper-32x128x128': { shape: [32, 128, 128, 1], steps: paperAugmentation },
  'paper-4x64x256x256': { shape: [4, 64, 256, 256, 1], steps: paperAugmentation },
  'simclr-256x128x128': { shape: [256, 128, 128, 1], steps: simclrAugmentation },
  'flip-32x256x256': { shape: slices, steps: [randomFlip({ probability: 1, axis: 'width' })] },
  'affine-32x256x256': { shape: slices, steps: [randomAffine({ probability: 1, rotationDegrees: 15, scale: 0.1, translation: 0.05 })] },
  'gibbs-32x256x256': { shape: slices, steps: [randomGibbsNoise({ probability: 1 })] },
  'smooth-32x256x256': { shape: slices, steps: [randomGaussianSmooth({ probability: 1 })] },
  'crop-32x256x256': { shape: slices, steps: [randomResizedCrop({ probability: 1 })] },
  'intensity-32x256x256': { shape: slices, steps: [randomIntensity({ probability: 1, gamma: [0.5, 2], contrast: 0.2 })] },
  'affine-64x256x256': { shape: volume, steps: [randomAffine({ probability: 1, rotationDegrees: 15, scale: 0.1, translation: 0.05 })] },
  'gibbs-64x256x256': { shape: volume, steps: [randomGibbsNoise({ probability: 1 })] },
  'smooth-64x256x256': { shape: volume, steps: [randomGaussianSmooth({ probability: 1 })] },
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '9' } } });
const { backend } = await selectBackend();
for (const name of positionals.length > 0 ? positionals : Object.keys(CASES)) {
  console.log(JSON.stringify({ case: name, backend, ...measure(CASES[name]!, Number(values.runs)) }));
}

function measure({ shape, steps }: Case, runs: number): { readonly ms: number; readonly processor_ms: number } {
  const batch = tf.randomUniform<tf.Rank>(shape, 0, 1, 'float32', 1) as ImageBatch;
  const augment = augmentation(steps);
  const [elapsed, processor]: [number[], number[]] = [[], []];
  for (let run = -2; run < runs; run++) {
    const [begin, before] = [performance.now(), process.cpuUsage()];
    augment(batch, rng(run)).dispose();
    const { user, system } = process.cpuUsage(before);
    if (run < 0) continue; // warms up
    elapsed.push(performance.now() - begin);
    processor.push((user + system) / 1000);
  }
  batch.dispose();
  return { ms: median(elapsed), processor_ms: median(processor) };
}

function median(times: readonly number[]): number {
  return Math.round([...times].sort((a, b) => a - b)[times.length >> 1]! * 10) / 10;
}
