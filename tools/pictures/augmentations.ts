/**
 * The pictures of docs/augmentations.md: a slice of a phantom head before and after each augmentation, and what the presets make of it.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/pictures/augmentations.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { phantomCase, phantomConfig } from '@mgmt/cohort';
import { rng } from '@mgmt/core';
import {
  affine,
  affineMatrix,
  type Augmentation,
  augmentation,
  changeIntensity,
  flip,
  gaussianSmooth,
  gibbsNoise,
  paperAugmentation,
  resizedCrop,
  selectBackend,
  simclrAugmentation,
} from '@mgmt/nn';
import { centerSlice, minMax, toAxial } from '@mgmt/preprocess';
import * as tf from '@tensorflow/tfjs';
import { encodePng } from './encodePng.js';

await selectBackend();
const SIZE = 176; // of a slice, and of one panel
const GAP = 8;
const folder = new URL('../../docs/images/augmentations/', import.meta.url);
// a head that was scanned in axial slices
const head = minMax(toAxial(phantomCase(phantomConfig({ shape: [48, SIZE, SIZE], signal: 1, seed: 3 }), 4).render('FLAIR')));
const middle = centerSlice(head, 'auto');
const slice = tf.tensor4d(Float32Array.from(head.data.subarray(middle * SIZE * SIZE, (middle + 1) * SIZE * SIZE)), [1, SIZE, SIZE, 1]);
const near = resizedCrop(slice, [{ start: [38, 38], size: [100, 100] }]);
const turned = affineMatrix({ rotation: [Math.PI / 6], shear: [0.1, 0], translation: [9, -5], scale: [1.2, 1.2] }, 2);

const pictures: Readonly<Record<string, readonly tf.Tensor4D[]>> = {
  flip: [slice, flip(slice, ['width']), flip(slice, ['height'])],
  affine: [near, ...(['reflection', 'zeros', 'border'] as const).map((padding) => affine(near, [turned], { padding }))],
  gibbsNoise: [slice, ...[0.5, 0.7, 0.85].map((alpha) => gibbsNoise(slice, [alpha]))],
  gaussianSmooth: [
    slice,
    ...[
      [0.75, 0.75],
      [1.5, 1.5],
      [0, 3],
    ].map((sigma) => gaussianSmooth(slice, [sigma])),
  ],
  resizedCrop: [slice, resizedCrop(slice, [{ start: [30, 60], size: [80, 100] }])],
  changeIntensity: [
    slice,
    ...[{ gamma: 2 }, { contrast: 0.6 }, { scale: 0.4 }, { shift: 0.2 }].map((change) => changeIntensity(slice, [change])),
  ],
  paperAugmentation: drawn(paperAugmentation, 10),
  simclrAugmentation: drawn(simclrAugmentation, 10),
};

mkdirSync(folder, { recursive: true });
for (const [name, panels] of Object.entries(pictures)) writeFileSync(new URL(`${name}.png`, folder), sideBySide(panels, 5));

/** The slice as it is, then as several streams augment it. */
function drawn(steps: readonly Augmentation[], count: number): tf.Tensor4D[] {
  const copies = tf.tile(slice, [count - 1, 1, 1, 1]);
  return [slice, ...(tf.split(augmentation(steps)(copies, rng(1)), count - 1) as tf.Tensor4D[])];
}

/** Panels in rows, values 0 to 1 as grays, as a PNG file. */
function sideBySide(panels: readonly tf.Tensor4D[], perRow: number): Uint8Array {
  const [across, down] = [Math.min(panels.length, perRow), Math.ceil(panels.length / perRow)];
  const [width, height] = [across, down].map((n) => n * (SIZE + GAP) - GAP) as [number, number];
  const pixels = new Uint8Array(width * height).fill(255);
  panels.forEach((panel, p) => {
    const [top, left] = [Math.floor(p / perRow) * (SIZE + GAP), (p % perRow) * (SIZE + GAP)];
    panel.dataSync().forEach((value, i) => {
      pixels[(top + Math.floor(i / SIZE)) * width + left + (i % SIZE)] = Math.min(Math.max(255 * value, 0), 255);
    });
  });
  return encodePng({ width, height, pixels, palette: Array.from({ length: 256 }, (_, gray) => [gray, gray, gray] as const) });
}
