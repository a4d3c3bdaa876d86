import type { Affine, Orientation, Rng, Vector3, VolumeShape } from '@mgmt/core';
import { EXTENT_MM, FIELD_OF_VIEW_MM } from './headGrid.js';
import type { PhantomConfig } from './phantomConfig.js';

/** How one series is taken: its plane, its slices, where it lies. */
export interface Acquisition {
  readonly orientation: Orientation;
  readonly shape: VolumeShape;
  readonly affine: Affine;
}

/** Draws the geometry of one series: the plane, the number of slices (within a quarter of the config's for that extent of head), a small shift. */
export function drawAcquisition(random: Rng, { shape: [slices, rows, columns] }: PhantomConfig): Acquisition {
  const orientation = random.pick(ORIENTATIONS);
  const { row, column, normal } = PLANES[orientation];
  const through = normal.findIndex((direction) => direction !== 0);
  const extent = EXTENT_MM[through]!;
  const sliceCount = Math.max(2, Math.round(slices * (extent / EXTENT_MM[2]) * random.uniform(0.8, 1.25)));
  const spacing = [FIELD_OF_VIEW_MM / columns, FIELD_OF_VIEW_MM / rows, extent / sliceCount] as const; // column, row, slice
  const center = [random.uniform(-4, 4), random.uniform(-4, 4), random.uniform(-4, 4)] as const;
  const alongAxis = (world: 0 | 1 | 2) => {
    const steps = [row[world] * spacing[0], column[world] * spacing[1], normal[world] * spacing[2]] as const;
    const first = center[world] - (steps[0] * (columns - 1) + steps[1] * (rows - 1) + steps[2] * (sliceCount - 1)) / 2;
    return [...steps, first] as const;
  };
  return { orientation, shape: [sliceCount, rows, columns], affine: [alongAxis(0), alongAxis(1), alongAxis(2), [0, 0, 0, 1]] };
}

const ORIENTATIONS = ['axial', 'axial', 'axial', 'coronal', 'sagittal'] as const; // three in five are axial

/** Directions in LPS in which the indices grow; right-handed, so slices already run along DICOM's normal. */
const PLANES: Readonly<Record<Orientation, { readonly row: Vector3; readonly column: Vector3; readonly normal: Vector3 }>> = {
  axial: { row: [1, 0, 0], column: [0, 1, 0], normal: [0, 0, 1] }, // columns to the left, rows to the back, slices upward
  coronal: { row: [1, 0, 0], column: [0, 0, -1], normal: [0, 1, 0] }, // to the left, downward, to the back
  sagittal: { row: [0, 1, 0], column: [0, 0, -1], normal: [-1, 0, 0] }, // to the back, downward, to the right
};
