import type { Vector3 } from '@mgmt/core';
import type { Instance, Repetition } from './instance.js';
import { cross, dot } from './vectors.js';

/**
 * Splits the images of a folder into volumes: one series, one matrix, one orientation, and no two slices in one place.
 *
 * Where slices lie in one place, the first property of {@link Repetition} that tells them apart (in at most as many parts as there are repetitions)
 * splits the volumes; where none does, the n-th image of every place, by instance number, belongs to the n-th volume.
 */
export function splitVolumes(instances: readonly Instance[]): Instance[][] {
  const grids: Instance[][] = [];
  const byMatrix = groupBy(instances, ({ seriesUid, pixels: { bitsStored: _, highBit: __, ...format } }) =>
    JSON.stringify([seriesUid, format]),
  );
  for (const matrix of byMatrix.values()) {
    const oriented: Instance[][] = [];
    for (const instance of matrix) {
      const group = oriented.find(([first]) => sameOrientation(first!, instance));
      if (group) group.push(instance);
      else oriented.push([instance]);
    }
    grids.push(...oriented);
  }
  return grids.flatMap(splitRepetitions);
}

function splitRepetitions(instances: readonly Instance[]): Instance[][] {
  const places = placesOf(instances);
  const repetitions = Math.max(...places.map((place) => place.length));
  if (repetitions === 1) return [[...instances]];
  for (const property of TELLING_APART) {
    if (instances.some(({ repetition }) => repetition[property] === undefined)) continue;
    const parts = groupBy(instances, ({ repetition }) => repetition[property]!);
    if (parts.size === 1 || parts.size > repetitions) continue;
    return [...parts.keys()].sort(ascending).flatMap((key) => splitRepetitions(parts.get(key)!));
  }
  for (const place of places) {
    place.sort((a, b) => ascending(a.repetition.instance ?? 0, b.repetition.instance ?? 0) || ascending(a.path, b.path));
  }
  return Array.from({ length: repetitions }, (_, n) => places.flatMap((place) => place[n] ?? []));
}

/** The images of each place along the normal, in the order of places; images that say no place are all in places of their own. */
function placesOf(instances: readonly Instance[]): Instance[][] {
  const places: Instance[][] = [];
  let last = -Infinity;
  for (const instance of sortAlongNormal(instances)) {
    const location = instance.plane ? dot(instance.plane.position, normalOf(instances)!) : NaN;
    if (location - last < SAME_PLACE_MM) places.at(-1)!.push(instance);
    else places.push([instance]);
    last = location;
  }
  return places;
}

/** Images in the order of their position along the normal of their planes, by instance number where they have no position. */
export function sortAlongNormal(instances: readonly Instance[]): Instance[] {
  const normal = normalOf(instances);
  const key = (instance: Instance) =>
    normal && instance.plane ? dot(instance.plane.position, normal) : (instance.repetition.instance ?? Infinity);
  return [...instances].sort((a, b) => ascending(key(a), key(b)) || ascending(a.path, b.path));
}

/** Rows cross columns, of the first image. */
export function normalOf([first]: readonly Instance[]): Vector3 | undefined {
  return first?.plane && cross(first.plane.rowDirection, first.plane.columnDirection);
}

function sameOrientation(
  { plane: a, header: { pixelSpacingMm: s } }: Instance,
  { plane: b, header: { pixelSpacingMm: t } }: Instance,
): boolean {
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

const TELLING_APART: readonly (keyof Repetition)[] = ['temporalPosition', 'echoTimeMs', 'imageType', 'acquisition', 'triggerTimeMs'];
