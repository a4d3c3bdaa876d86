import { affineTimesPoint, invertAffine, type Orientation, type Vector3, type Volume } from '@mgmt/core';
import type { IndexedPicture } from './encodePng.js';

/** One look at a head. */
export interface Panel {
  readonly series: Volume;
  readonly plane: Orientation;
  /** The point that the plane goes through, LPS mm. */
  readonly through: Vector3;
  /** Outlined where given. */
  readonly mask?: Volume;
  /** Pixels of the series as they are, not joined smoothly. */
  readonly blocky?: boolean;
}

/** Grays as a film shows them, then the outlines of core, edema and enhancing tumor. */
export const PALETTE: IndexedPicture['palette'] = [
  ...Array.from({ length: 40 }, (_, i) => [i, i, i].map((level) => Math.round((level * 255) / 39)) as [number, number, number]),
  [255, 90, 80],
  [70, 200, 255],
  [255, 210, 60],
];
const OUTLINE: Readonly<Record<number, number>> = { 1: 40, 2: 41, 4: 42 };

/** Half of what a panel shows, mm: across and down. */
const REACH: Readonly<Record<Orientation, readonly [number, number]>> = { axial: [78, 98], coronal: [78, 74], sagittal: [98, 74] };

/** Panels in rows, as one picture. Black lies at 0 and white at the what five in a thousand of a brain's voxels exceed. */
export function montage(rows: readonly (readonly Panel[])[], mmAPixel: number): IndexedPicture {
  const size = ({ plane }: Panel) => REACH[plane].map((mm) => Math.round((2 * mm) / mmAPixel)) as [number, number];
  const heights = rows.map((row) => Math.max(...row.map((panel) => size(panel)[1])));
  const width = Math.max(...rows.map((row) => row.reduce((sum, panel) => sum + size(panel)[0] + GAP, GAP)));
  const height = heights.reduce((sum, each) => sum + each + GAP, GAP);
  const pixels = new Uint8Array(width * height);
  let top = GAP;
  rows.forEach((row, r) => {
    let left = GAP;
    for (const panel of row) {
      const [across, down] = size(panel);
      draw(panel, across, down, mmAPixel).forEach((index, p) => {
        pixels[(top + Math.floor(p / across)) * width + left + (p % across)] = index;
      });
      left += across + GAP;
    }
    top += heights[r]! + GAP;
  });
  return { width, height, pixels, palette: PALETTE };
}

const GAP = 3;

function draw({ series, plane, through, mask, blocky }: Panel, across: number, down: number, mmAPixel: number): Uint8Array {
  const toWorld = (u: number, v: number): Vector3 => {
    const [a, b] = [(u - across / 2 + 0.5) * mmAPixel, (v - down / 2 + 0.5) * mmAPixel];
    if (plane === 'axial') return [a, b, through[2]]; // the patient's left on the viewer's right, the face up
    if (plane === 'coronal') return [a, through[1], -b];
    return [through[0], a, -b];
  };
  const value = sampler(series, blocky ? 'nearest' : 'linear');
  const label = mask && sampler(mask, 'nearest');
  const white = brightest(series);
  const out = new Uint8Array(across * down);
  for (let v = 0; v < down; v++) {
    for (let u = 0; u < across; u++) {
      const here = label?.(toWorld(u, v)) ?? 0;
      const edge =
        label && here > 0 && [label(toWorld(u + 1, v)), label(toWorld(u, v + 1)), label(toWorld(u - 1, v))].some((next) => next !== here);
      out[v * across + u] = edge ? OUTLINE[here]! : Math.min(39, Math.round((39 * value(toWorld(u, v))) / white));
    }
  }
  return out;
}

function brightest({ data }: Volume): number {
  const inside = Float32Array.from(data)
    .filter((voxel) => voxel > 0)
    .sort();
  return inside[Math.floor(0.995 * inside.length)]!;
}

/** A volume as a function of a place in the patient; 0 outside. */
function sampler({ data, shape: [slices, rows, columns], affine }: Volume, how: 'nearest' | 'linear'): (place: Vector3) => number {
  const toIndex = invertAffine(affine);
  const at = (i: number, j: number, k: number) =>
    i < 0 || j < 0 || k < 0 || i >= columns || j >= rows || k >= slices ? 0 : data[(k * rows + j) * columns + i]!;
  return (place) => {
    const [i, j, k] = affineTimesPoint(toIndex, place);
    if (how === 'nearest') return at(Math.round(i), Math.round(j), Math.round(k));
    const [i0, j0, k0] = [Math.floor(i), Math.floor(j), Math.floor(k)];
    let sum = 0;
    for (const [di, dj, dk] of CORNERS) {
      const weight = (di ? i - i0 : i0 + 1 - i) * (dj ? j - j0 : j0 + 1 - j) * (dk ? k - k0 : k0 + 1 - k);
      sum += weight * at(i0 + di, j0 + dj, k0 + dk);
    }
    return sum;
  };
}

const CORNERS = [0, 1].flatMap((i) => [0, 1].flatMap((j) => [0, 1].map((k) => [i, j, k] as const)));
