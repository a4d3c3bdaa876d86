import type { Affine, Vector3, VolumeShape } from '@mgmt/core';
import { normalOf, type Slice, sortAlongNormal } from './splitVolumes.js';
import { cross, dot, scale, subtract } from '../vectors.js';

/** The slices of one volume in order, and where they lie. */
export interface Stack {
  /** By increasing position along the normal (rows cross columns). */
  readonly slices: readonly Slice[];
  readonly shape: VolumeShape;
  readonly affine: Affine;
  /** Why the slices lie on no even, upright grid: a sentence each, none where they do. */
  readonly irregularities: readonly string[];
}

/**
 * Orders the images of one volume and places them.
 *
 * @param unordered - at least one, all of one matrix and orientation, no two in one place
 * @remarks The step between slices is the mean of those between neighbors, as positions tell it: thickness and spacing (0018,0088) are asked only
 * where there is a single slice, for scanners disagree on their meaning. DICOM PS3.3 section C.7.6.2.1.1.
 */
export function stack(unordered: readonly Slice[]): Stack {
  const slices = sortAlongNormal(unordered);
  const first = slices[0]!;
  const { rows, columns } = first.instance.pixels;
  const [betweenRows, betweenColumns] = first.pixelSpacingMm ?? [1, 1];
  const rowDirection = first.plane?.rowDirection ?? ([1, 0, 0] as const);
  const columnDirection = first.plane?.columnDirection ?? ([0, 1, 0] as const);
  const normal = normalOf(slices) ?? cross(rowDirection, columnDirection);
  const positions = slices.map((slice) => slice.plane?.position);
  const steps = positions.slice(1).map((to, k) => (to && positions[k] ? subtract(to, positions[k]) : undefined));
  const nominal = scale(normal, first.spacingBetweenSlicesMm || first.sliceThicknessMm || 1);
  const step = steps.length > 0 && steps.every(Boolean) ? scale(subtract(positions.at(-1)!, positions[0]!), 1 / steps.length) : nominal;
  return {
    slices,
    shape: [slices.length, rows, columns],
    affine: affineOf(scale(rowDirection, betweenColumns), scale(columnDirection, betweenRows), step, first.plane?.position ?? [0, 0, 0]),
    irregularities: [
      ...(first.plane ? [] : ['the images do not say where in the patient they lie']),
      ...(first.pixelSpacingMm ? [] : ['the images do not say how large their pixels are']),
      ...unevenSteps(steps, step),
      ...tilt(step, normal),
    ],
  };
}

/** Every step must be the mean step to 1 % of its length: this catches gaps, and slices that are shifted sideways. */
function unevenSteps(steps: readonly (Vector3 | undefined)[], mean: Vector3): string[] {
  const tolerance = TOLERANCE * Math.hypot(...mean);
  const uneven = steps.flatMap((step, k) => (step && Math.hypot(...subtract(step, mean)) > tolerance ? [k] : []));
  if (uneven.length === 0) return [];
  const worst = uneven.reduce((a, b) => (Math.hypot(...steps[a]!) >= Math.hypot(...steps[b]!) ? a : b));
  const widest = Math.hypot(...steps[worst]!).toFixed(3);
  return [
    `slices are spaced unevenly: ${widest} mm between slices ${worst + 1} and ${worst + 2}, ${Math.hypot(...mean).toFixed(3)} mm on average`,
  ];
}

/** The step must run along the normal, to 1 % of its length. */
function tilt(step: Vector3, normal: Vector3): string[] {
  const sideways = Math.hypot(...subtract(step, scale(normal, dot(step, normal))));
  if (sideways <= TOLERANCE * Math.hypot(...step)) return [];
  const degrees = (Math.atan2(sideways, dot(step, normal)) * 180) / Math.PI;
  return [`slices are stacked at a tilt of ${degrees.toFixed(2)} degrees to their normal`];
}

function affineOf(c0: Vector3, c1: Vector3, c2: Vector3, origin: Vector3): Affine {
  const row = (r: 0 | 1 | 2) => [c0[r] + 0, c1[r] + 0, c2[r] + 0, origin[r] + 0] as const; // + 0 turns -0 into 0
  return [row(0), row(1), row(2), [0, 0, 0, 1]];
}

const TOLERANCE = 0.01;
