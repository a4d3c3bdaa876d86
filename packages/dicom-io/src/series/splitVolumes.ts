import type { Vector3 } from '@mgmt/core';
import type { Frame, Instance, Repetition } from '../image/instance.js';
import { cross, dot } from '../vectors.js';

/** One frame of one file: what volumes are stacked of. */
export interface Slice extends Frame {
  readonly instance: Instance;
  /** Counted from 0. */
  readonly index: number;
}

/** The slices of an image: one, but for multi-frame images. */
export const slicesOf = (instance: Instance): Slice[] => instance.frames.map((frame, index) => ({ ...frame, instance, index }));

/**
 * Splits the images of a folder into volumes: one series, one matrix, one orientation, and no two slices in one place.
 *
 * Where slices lie in one place, the first property of {@link Repetition} that tells them apart (in at most as many parts as there are repetitions)
 * splits the volumes; where none does, the n-th image of every place, by instance number and frame, belongs to the n-th volume.
 */
export function splitVolumes(instances: readonly Instance[]): Slice[][] {
  const grids: Slice[][] = [];
  const byMatrix = groupBy(instances, ({ seriesUid, pixels: { bitsStored: _, highBit: __, frames: ___, ...format } }) =>
    JSON.stringify([seriesUid, format]),
  );
  for (const matrix of byMatrix.values()) {
    const oriented: Slice[][] = [];
    for (const slice of matrix.flatMap(slicesOf)) {
      const group = oriented.find(([first]) => sameOrientation(first!, slice));
      if (group) group.push(slice);
      else oriented.push([slice]);
    }
    grids.push(...oriented);
  }
  return grids.flatMap(splitRepetitions);
}

function splitRepetitions(slices: readonly Slice[]): Slice[][] {
  const places = placesOf(slices);
  const repetitions = places.reduce((most, place) => Math.max(most, place.length), 0);
  if (repetitions === 1) return [[...slices]];
  for (const property of TELLING_APART) {
    if (slices.some(({ repetition }) => repetition[property] === undefined)) continue;
    const parts = groupBy(slices, ({ repetition }) => repetition[property]!);
    if (parts.size === 1 || parts.size > repetitions) continue;
    return [...parts.keys()].sort(ascending).flatMap((key) => splitRepetitions(parts.get(key)!));
  }
  for (const place of places) place.sort(byNumber);
  return Array.from({ length: repetitions }, (_, n) => places.flatMap((place) => place[n] ?? []));
}

/** The slices of each place along the normal, in the order of places; slices that say no place are all in places of their own. */
function placesOf(slices: readonly Slice[]): Slice[][] {
  const normal = normalOf(slices);
  const places: Slice[][] = [];
  let last = -Infinity;
  for (const slice of sortAlongNormal(slices)) {
    const location = slice.plane && normal ? dot(slice.plane.position, normal) : NaN;
    if (location - last < SAME_PLACE_MM) places.at(-1)!.push(slice);
    else places.push([slice]);
    last = location;
  }
  return places;
}

/** Slices in the order of their position along the normal of their planes, by instance and frame number where they have no position. */
export function sortAlongNormal(slices: readonly Slice[]): Slice[] {
  const normal = normalOf(slices);
  const key = ({ plane }: Slice) => (normal && plane ? dot(plane.position, normal) : 0);
  return [...slices].sort((a, b) => key(a) - key(b) || byNumber(a, b));
}

const byNumber = (a: Slice, b: Slice): number =>
  ascending(a.repetition.instance ?? Infinity, b.repetition.instance ?? Infinity) ||
  ascending(a.instance.path, b.instance.path) ||
  a.index - b.index;

/** Rows cross columns, of the first image. */
export function normalOf([first]: readonly Slice[]): Vector3 | undefined {
  return first?.plane && cross(first.plane.rowDirection, first.plane.columnDirection);
}

function sameOrientation({ plane: a, pixelSpacingMm: s }: Slice, { plane: b, pixelSpacingMm: t }: Slice): boolean {
  if (!a || !b) return a === b;
  const differ = (x: readonly number[], y: readonly number[]) => x.some((value, i) => Math.abs(value - y[i]!) > 1e-3);
  return !(differ(a.rowDirection, b.rowDirection) || differ(a.columnDirection, b.columnDirection) || differ(s ?? [], t ?? []));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const ascending = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Slices nearer than this lie in one place: a scanner's rounding moves a slice by a thousandth, a step is a tenth at least. */
const SAME_PLACE_MM = 0.01;

const TELLING_APART: readonly (keyof Repetition)[] = [
  'stack',
  'temporalPosition',
  'echoTimeMs',
  'bValue',
  'imageType',
  'acquisition',
  'triggerTimeMs',
];
