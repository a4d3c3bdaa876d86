import type { Step } from './step.js';

/** Size of the network's input. */
export interface InputSize {
  readonly slices: number;
  readonly rows: number;
  readonly columns: number;
  /** Distance between the slices that are taken; that of the scan by default, as in the paper. Few slices need it to cover the brain. */
  readonly sliceSpacingMm?: number;
}

/** The paper's: "256 x 256 x 64". */
export const resnet10InputSize: InputSize = { slices: 64, rows: 256, columns: 256 };

/**
 * The input of the ResNet10 studies: axial slices around the one with the largest cutaway of the brain, half of them before it, each scaled to `[0, 1]` by
 * itself, then resized. No crop, no histogram equalization. Where the head is not stripped of its skull, noise does not count as brain.
 *
 * @returns steps to a float32 volume `[slices, rows, columns]`
 * @remarks Slices and size: Saeed et al. 2022, section 4.3. Each slice scaled, then resized: the winner of the RSNA-MICCAI competition of 2021.
 */
export function resnet10Input({ slices, rows, columns, sliceSpacingMm }: InputSize = resnet10InputSize): Step[] {
  const before = Math.floor(slices / 2);
  return [
    { step: 'toAxial' },
    ...(sliceSpacingMm === undefined ? [] : [{ step: 'resampleSlices', spacingMm: sliceSpacingMm } as const]),
    { step: 'windowOfSlices', before, after: slices - before, threshold: 'auto' },
    { step: 'minMaxPerSlice' },
    { step: 'resizeSlices', rows, columns },
  ];
}
