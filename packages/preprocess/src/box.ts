import { type Vector3, volume, type Volume, type VoxelArray } from '@mgmt/core';
import { shiftGrid } from './gridAffine.js';
import { insideScan } from './insideScan.js';
import { sliceExtent, type SliceExtent } from './sliceExtent.js';

/** A box of voxels, half open: from `start` up to but not including `stop`, both `[slice, row, column]`. It may reach beyond the volume. */
export interface Box {
  readonly start: Vector3;
  readonly stop: Vector3;
}

/**
 * The voxels of a box. What lies outside of the volume is 0, so one function crops and pads.
 *
 * @returns a volume of the box's size; it shares the voxels where it takes whole slices of them
 * @throws `MgmtError` `core/shape-mismatch` for a box without voxels
 * @example
 * const brain = cropToBox(head, box);
 * const back = cropToBox(brain, { start: [-2, -9, -9], stop: [30, 247, 247] }); // 2 slices more below, 9 rows and columns more around
 */
export function cropToBox<T extends VoxelArray>(source: Volume<T>, { start, stop }: Box): Volume<T> {
  const [slices, rows, columns] = source.shape;
  const shape = [stop[0] - start[0], stop[1] - start[1], stop[2] - start[2]] as const;
  const affine = shiftGrid(source.affine, [start[2], start[1], start[0]]);
  if (start[0] >= 0 && stop[0] <= slices && start[1] === 0 && stop[1] === rows && start[2] === 0 && stop[2] === columns) {
    return volume(source.data.subarray(start[0] * rows * columns, stop[0] * rows * columns) as T, shape, affine);
  }
  const count = shape.every((n) => n > 0) ? shape[0] * shape[1] * shape[2] : 0;
  const data = new (source.data.constructor as new (length: number) => T)(count);
  const left = Math.max(start[2], 0);
  const right = Math.min(stop[2], columns);
  for (let k = Math.max(start[0], 0); left < right && k < Math.min(stop[0], slices); k++) {
    for (let j = Math.max(start[1], 0); j < Math.min(stop[1], rows); j++) {
      const row = (k * rows + j) * columns;
      const target = ((k - start[0]) * shape[1] + j - start[1]) * shape[2] + left - start[2];
      data.set(source.data.subarray(row + left, row + right), target);
    }
  }
  return volume(data, shape, affine);
}

/** The smallest box around the voxels that are inside, none where there is no such voxel. */
export function boundingBox({ data, shape }: Volume, isInside: (value: number) => boolean): Box | undefined {
  const [slices, rows, columns] = shape;
  const scan = insideScan(data, isInside);
  return boxAround(Array.from({ length: slices }, (_, k) => sliceExtent(scan, k * rows * columns, rows, columns)));
}

/** The smallest box around what slices show; none where they show nothing. */
export function boxAround(extents: readonly (SliceExtent | undefined)[]): Box | undefined {
  let box: { start: [number, number, number]; stop: [number, number, number] } | undefined;
  extents.forEach((extent, k) => {
    if (!extent) return;
    box ??= { start: [k, extent.top, extent.left], stop: [k, extent.bottom, extent.right] };
    box.start = [box.start[0], Math.min(box.start[1], extent.top), Math.min(box.start[2], extent.left)];
    box.stop = [k + 1, Math.max(box.stop[1], extent.bottom), Math.max(box.stop[2], extent.right)];
  });
  return box;
}
