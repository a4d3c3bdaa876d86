import { type Rng, type Volume, volume, voxelCount } from '@mgmt/core';
import type { Acquisition } from './acquisition.js';
import { type Anatomy, type Tissue, TISSUES } from './anatomy.js';
import { type ResampledAxis, resampleAxis } from './resampleAxis.js';
import type { Scanner } from './scanner.js';
import { normalTable } from './normalTable.js';
import { smoothSlices } from './smoothField.js';

const { exp, floor, fround, max, min, round, sqrt } = Math; // looked up once: they are called for every voxel

/**
 * One series of a head, as a scanner stores it: tissues made bright, seen from the acquisition's plane, with bias field, contrast, Rician noise.
 * Stripped of its skull: what is not brain is exactly 0, and no voxel of the brain is.
 *
 * @param random - the series' own stream
 * @param bias - deviation of the bias field's logarithm
 * @returns 12-bit integers, 1 to 4,095 in the brain
 */
export function renderSeries(
  random: Rng,
  anatomy: Anatomy,
  intensities: Readonly<Record<Tissue, number>>,
  { shape, affine }: Acquisition,
  { gain, gamma, noise }: Scanner,
  bias: number,
): Volume<Uint16Array> {
  const { brain } = anatomy;
  const bright = brightness(anatomy, intensities);
  const steps = shape.map((n) => 3 / n) as [number, number, number]; // three lattice steps over the head
  const driftOf = smoothSlices(random.child('bias'), shape, steps, 1);
  const normals = normalTable();
  const mask = normals.length - 1;
  const dice = random.child('noise');
  const [alongSlices, alongRows, alongColumns] = [2, 1, 0].map((axis) =>
    resampleAxis(anatomy.grid, affine, axis as 0 | 1 | 2, shape[2 - axis]!),
  ) as [ResampledAxis, ResampledAxis, ResampledAxis];
  const { low, high, weight } = alongColumns;
  const filled = linesWithBrain(anatomy, alongColumns);

  const out = new Uint16Array(voxelCount(shape));
  for (let k = 0; k < shape[0]; k++) {
    const [k0, k1, wk] = [alongSlices.low[k]!, alongSlices.high[k]!, alongSlices.weight[k]!];
    const drift = driftOf(k);
    for (let j = 0; j < shape[1]; j++) {
      const [j0, j1, wj] = [alongRows.low[j]!, alongRows.high[j]!, alongRows.weight[j]!];
      const [a, b, c, d] = [k0 + j0, k0 + j1, k1 + j0, k1 + j1];
      const [wa, wb, wc, wd] = [(1 - wk) * (1 - wj), (1 - wk) * wj, wk * (1 - wj), wk * wj];
      let draw = dice.integer(0, mask); // a row walks through the table of normals from a place of its own
      if (!filled[a] && !filled[b] && !filled[c] && !filled[d]) continue;
      for (let i = 0, q = j * shape[2], p = k * shape[1] * shape[2] + q; i < shape[2]; i++, q++, p++) {
        const [i0, i1, wi] = [low[i]!, high[i]!, weight[i]!];
        const share =
          (1 - wi) * (wa * brain[a + i0]! + wb * brain[b + i0]! + wc * brain[c + i0]! + wd * brain[d + i0]!) +
          wi * (wa * brain[a + i1]! + wb * brain[b + i1]! + wc * brain[c + i1]! + wd * brain[d + i1]!);
        if (share < 127.5) continue;
        const total =
          (1 - wi) * (wa * bright[a + i0]! + wb * bright[b + i0]! + wc * bright[c + i0]! + wd * bright[d + i0]!) +
          wi * (wa * bright[a + i1]! + wb * bright[b + i1]! + wc * bright[c + i1]! + wd * bright[d + i1]!);
        const ideal = (total / share) ** gamma * exp(bias * drift[q]!);
        draw = (draw + 2) & mask;
        const real = ideal + noise * normals[draw]!;
        const imaginary = noise * normals[(draw + 1) & mask]!;
        out[p] = max(1, min(4095, round(gain * sqrt(real * real + imaginary * imaginary))));
      }
    }
  }
  return volume(out, shape, affine);
}

/** Brightness times share of brain, by voxel of the anatomy's grid. */
function brightness({ fractions, brain, patches }: Anatomy, intensities: Readonly<Record<Tissue, number>>): Float32Array {
  const bright = new Float32Array(brain.length);
  const planes = TISSUES.map((tissue) => fractions[tissue]);
  const levels = TISSUES.map((tissue) => intensities[tissue]);
  for (let p = 0; p < bright.length; p++) {
    if (brain[p] === 0) continue;
    let [sum, total] = [0, 0]; // of the rounded fractions: within six of the share of brain
    for (let t = 0; t < planes.length; t++) {
      const share = planes[t]![p]!;
      sum += share;
      total = fround(total + levels[t]! * share); // rounded at each step: the bytes of version 1
    }
    bright[p] = total;
    if (patches) bright[p]! += intensities.rim * fractions.rim[p]! * (patches.field[p]! - patches.mean.rim);
    if (patches) bright[p]! += intensities.edema * fractions.edema[p]! * (patches.field[p]! - patches.mean.edema);
    if (sum > 0) bright[p]! *= brain[p]! / sum;
  }
  return bright;
}

/** By offset of the first voxel of a line along an axis of the anatomy's grid: whether there is brain on the line. */
function linesWithBrain({ brain }: Anatomy, { line: { extent, stride } }: ResampledAxis): Uint8Array {
  const filled = new Uint8Array(brain.length);
  for (let p = 0; p < brain.length; p++) if (brain[p]! > 0) filled[p - (floor(p / stride) % extent) * stride] = 1;
  return filled;
}
