/** How values between voxels are made: `linear` for images, `nearest` for masks. */
export type Interpolation = 'linear' | 'nearest';

/** For each new index, the two old ones that it lies between, and how far it lies from the lower to the upper. */
export interface LinearTaps {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Linear interpolation along one axis under the half-pixel-centre rule: new index `j` lies at old index `(j + 0.5) from / to - 0.5`, and beyond the first
 * and the last old index their values stand. It is that of OpenCV's `INTER_LINEAR` and of PyTorch's `align_corners=False` without antialiasing.
 */
export function linearTaps(from: number, to: number): LinearTaps {
  const lower = new Int32Array(to);
  const upper = new Int32Array(to);
  const weight = new Float64Array(to);
  for (let j = 0; j < to; j++) {
    const at = Math.min(Math.max(((j + 0.5) * from) / to - 0.5, 0), from - 1);
    lower[j] = Math.floor(at);
    upper[j] = Math.min(lower[j]! + 1, from - 1);
    weight[j] = at - lower[j]!;
  }
  return { lower, upper, weight };
}

/** For each new index the old one whose voxel its centre lies in: OpenCV's `INTER_NEAREST_EXACT`, PyTorch's `nearest-exact`. */
export function nearestIndices(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to }, (_, j) => Math.min(Math.floor(((j + 0.5) * from) / to), from - 1));
}
