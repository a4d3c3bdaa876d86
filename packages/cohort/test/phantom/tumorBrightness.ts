import { affineTimesPoint, invertAffine, multiplyAffines, type Vector3, type Volume } from '@mgmt/core';

const { cbrt, floor, hypot, PI, round } = Math; // each look-up through Jest's sandbox costs more than the call

/** The voxels of a mask that have one of the labels, as `(column, row, slice)`. */
export function placesOf({ data, shape: [, rows, columns] }: Volume, labels: readonly number[]): Vector3[] {
  const places: Vector3[] = [];
  data.forEach((label, p) => {
    if (labels.includes(label)) places.push([p % columns, floor(p / columns) % rows, floor(p / columns / rows)]);
  });
  return places;
}

/** What a series shows at a place of a mask, met by world coordinates; 0 outside. */
export function sampler(series: Volume, mask: Volume): (place: Vector3) => number {
  const toSeries = multiplyAffines(invertAffine(series.affine), mask.affine);
  const [slices, rows, columns] = series.shape;
  return (place) => {
    const [i, j, k] = affineTimesPoint(toSeries, place).map(round) as unknown as [number, number, number];
    const inside = i >= 0 && j >= 0 && k >= 0 && i < columns && j < rows && k < slices;
    return inside ? series.data[(k * rows + j) * columns + i]! : 0;
  };
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A radiologist's glance as a number: how much brighter a tumor's shell is than its middle, as a share of the brain's brightness. */
export function ringContrast(series: Volume, mask: Volume): number {
  const places = placesOf(mask, [1, 4]);
  const center = [0, 1, 2].map((axis) => mean(places.map((place) => place[axis]!)));
  const distance = (place: Vector3) => hypot(...place.map((at, axis) => at - center[axis]!));
  const radius = cbrt((3 * places.length) / (4 * PI));
  const sample = sampler(series, mask);
  const brightness = (within: (share: number) => boolean) => mean(places.filter((place) => within(distance(place) / radius)).map(sample));
  const brain = mean([...series.data].filter((value) => value > 0));
  return (brightness((share) => share > 0.75) - brightness((share) => share < 0.5)) / brain;
}

/** Area under the ROC curve by counting pairs. */
export function countedAuc(labels: readonly number[], scores: readonly number[]): number {
  const of = (label: number) => scores.filter((_, i) => labels[i] === label);
  const wins = of(1).flatMap((positive) => of(0).map((negative) => (positive > negative ? 1 : positive === negative ? 0.5 : 0)));
  return mean(wins);
}
