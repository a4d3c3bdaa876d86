/**
 * The pictures of docs/preprocess.md: before and after each step, of a phantom head that no patient has.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/pictures/preprocess.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { phantomCase, phantomConfig } from '@mgmt/cohort';
import { type Affine, multiplyAffines, spacingMm, type Volume } from '@mgmt/core';
import {
  alignOnto,
  centerSlice,
  clahe,
  clipPercentiles,
  cropToBrain,
  cropToTumor,
  evenSlices,
  maskOnto,
  minMax,
  minMaxPerSlice,
  reorient,
  resampleAxial,
  resampleSpacing,
  resizeSlices,
  toAxial,
  tumorBox,
  windowLevel,
  windowOfSlices,
  zScore,
} from '@mgmt/preprocess';
import { encodePng } from './encodePng.js';

/** Gray values 0 to 255, `[rows, columns]`. */
interface Picture {
  readonly data: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

const folder = new URL('../../docs/images/preprocess/', import.meta.url);
const SIZE = 176; // of one panel
const head = phantomCase(phantomConfig({ shape: [48, 160, 160], signal: 1, seed: 3 }), 1);
const flair = head.render('FLAIR');
const axial = toAxial(flair);
const brain = cropToBrain(axial, { threshold: 'auto' });
const middle = (v: Volume) => v.shape[0] >> 1;
const tilted = { ...axial, affine: multiplyAffines(turn(0.3), axial.affine) };
const turned = resampleAxial(tilted);
const even = resampleSpacing(axial, { spacingMm: [1.5, 1.5, 1.5] });
const t1wce = toAxial(head.render('T1wCE'));
const mask = maskOnto(head.mask, axial);
const tumorSlice = Math.floor((tumorBox(mask).start[0] + tumorBox(mask).stop[0]) / 2);
const equalized = clahe(brain, { range: 'volume' });
const spoiled = withBrightSpot(axial);
const window = windowOfSlices(axial, { before: 4, after: 4, threshold: 'auto' });

const pictures: Readonly<Record<string, readonly Picture[]>> = {
  toAxial: [panel(flair, middle(flair)), panel(axial, centerSlice(axial, 'auto'))],
  resampleAxial: [panel(coronal(tilted), middle(coronal(tilted))), panel(coronal(turned), middle(coronal(turned)))],
  resampleSpacing: [panel(coronal(axial), middle(coronal(axial))), panel(coronal(even), middle(coronal(even)))],
  cropToBrain: [panel(axial, centerSlice(axial, 'auto')), panel(brain, centerSlice(brain, 'auto'))],
  windowOfSlices: [mosaic(axial, 6), mosaic(window, 3)],
  evenSlices: [mosaic(axial, 6), mosaic(evenSlices(axial, { count: 9 }), 3)],
  resize: [panel(brain, middle(brain)), panel(resizeSlices(brain, { rows: 32, columns: 32 }), middle(brain))],
  clipPercentiles: [panel(spoiled, middle(axial)), panel(clipPercentiles(spoiled, { lower: 0.5, upper: 99.5 }), middle(axial))],
  windowLevel: [panel(spoiled, middle(axial)), panel(windowLevel(spoiled, { center: 500, width: 1000 }), middle(axial), [0, 1])],
  minMaxPerSlice: [mosaic(minMax(axial), 4, false), mosaic(minMaxPerSlice(axial), 4, false)],
  zScore: [panel(axial, middle(axial)), panel(zScore(axial, { threshold: 'auto' }), middle(axial), [-2.5, 2.5])],
  clahe: [panel(brain, middle(brain)), panel(equalized, middle(brain))],
  alignOnto: [panel(axial, tumorSlice), panel(alignOnto(t1wce, axial, { frame: 'same' }).volume, tumorSlice)],
  maskOnto: [panel(axial, tumorSlice), panel(outlined(axial, mask), tumorSlice)],
  cropToTumor: [
    panel(axial, tumorSlice),
    panel(resizeSlices(cropToTumor(axial, mask), { rows: 32, columns: 32 }), tumorSlice - tumorBox(mask).start[0]),
  ],
};

mkdirSync(folder, { recursive: true });
for (const [name, panels] of Object.entries(pictures)) writeFileSync(new URL(`${name}.png`, folder), grayPng(sideBySide(panels)));

/** One slice in its proportions in the patient, pixels as rectangles, by the volume's range or a given one. */
function panel(v: Volume, slice: number, [low, high] = rangeOf(v.data)): Picture {
  const [, rows, columns] = v.shape;
  const [, rowMm, columnMm] = spacingMm(v.affine);
  const mm = Math.max(rows * rowMm, columns * columnMm) / SIZE; // of a pixel of the panel
  const pixels = v.data.subarray(slice * rows * columns, (slice + 1) * rows * columns);
  return draw(SIZE, SIZE, (row, column) => {
    const j = Math.floor(((row - SIZE / 2) * mm) / rowMm + rows / 2);
    const i = Math.floor(((column - SIZE / 2) * mm) / columnMm + columns / 2);
    const value = j < 0 || i < 0 || j >= rows || i >= columns ? 0 : pixels[j * columns + i]!;
    return (255 * (value - low)) / (high - low);
  });
}

/** The first `across` x `across` of a volume's slices, evenly chosen where there are more. */
function mosaic(v: Volume, across: number, ownRange = true): Picture {
  const chosen = v.shape[0] > across * across ? evenSlices(v, { count: across * across }) : v;
  const range: [number, number] = ownRange ? rangeOf(v.data) : [0, 1];
  const side = Math.floor(SIZE / across);
  const small = resizeSlices(chosen, { rows: side, columns: side });
  return draw(SIZE, SIZE, (row, column) => {
    const k = Math.floor(row / side) * across + Math.floor(column / side);
    if (k >= small.shape[0] || column >= across * side) return 0;
    return (255 * (small.data[(k * side + (row % side)) * side + (column % side)]! - range[0])) / (range[1] - range[0]);
  });
}

function sideBySide(panels: readonly Picture[]): Picture {
  const [gap, side] = [8, SIZE];
  return draw(side, panels.length * (side + gap) - gap, (row, column) => {
    const at = column % (side + gap);
    return at < side ? panels[Math.floor(column / (side + gap))]!.data[row * side + at]! : 255;
  });
}

function draw(rows: number, columns: number, grayAt: (row: number, column: number) => number): Picture {
  const data = new Uint8Array(rows * columns);
  for (let p = 0; p < data.length; p++) data[p] = Math.min(Math.max(grayAt(Math.floor(p / columns), p % columns), 0), 255);
  return { data, rows, columns };
}

/** The head from the front, its crown up. */
function coronal(v: Volume): Volume {
  return reorient(v, ['P', 'I', 'L']);
}

function outlined(v: Volume, labels: Volume): Volume {
  const bright = rangeOf(v.data)[1];
  const data = Float32Array.from(v.data);
  const columns = v.shape[2];
  for (let p = columns; p < data.length - columns; p++) {
    const isEdge = labels.data[p]! > 0 && [p - 1, p + 1, p - columns, p + columns].some((q) => !labels.data[q]);
    if (isEdge) data[p] = bright;
  }
  return { ...v, data };
}

function withBrightSpot(v: Volume): Volume {
  const data = Float32Array.from(v.data);
  data[(middle(v) * v.shape[1] + (v.shape[1] >> 1)) * v.shape[2] + 60] = 6 * rangeOf(v.data)[1];
  return { ...v, data };
}

function turn(angle: number): Affine {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [c, 0, s, 0],
    [0, 1, 0, 0],
    [-s, 0, c, 0],
    [0, 0, 0, 1],
  ];
}

function rangeOf(data: Volume['data']): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

function grayPng({ data, rows, columns }: Picture): Uint8Array {
  return encodePng({ width: columns, height: rows, pixels: data, palette: grays() });
}

function grays() {
  return Array.from({ length: 256 }, (_, gray) => [gray, gray, gray] as const);
}
