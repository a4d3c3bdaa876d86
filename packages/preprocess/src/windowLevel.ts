import { volume, type Volume } from '@mgmt/core';

/** A linear VOI window in the words of DICOM: elements (0028,1050) and (0028,1051). */
export interface WindowLevelConfig {
  readonly center: number;
  /** At least 1. */
  readonly width: number;
}

/**
 * DICOM's linear VOI window (PS3.3 section C.11.2.1.2.1), to `[0, 1]`: what lies below the window becomes 0, above it 1. NaN becomes 0.
 */
export function windowLevel({ data, shape, affine }: Volume, { center, width }: WindowLevelConfig): Volume<Float32Array> {
  const result = new Float32Array(data.length);
  const low = center - 0.5 - (width - 1) / 2;
  const high = center - 0.5 + (width - 1) / 2;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value > high) result[i] = 1;
    else if (value > low) result[i] = (value - (center - 0.5)) / (width - 1) + 0.5;
  }
  return volume(result, shape, affine);
}
