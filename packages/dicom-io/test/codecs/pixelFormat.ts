import type { PixelFormat } from '../../src/pixels/pixelFormat.js';

/** Grayscale, all bits allocated stored, unless said. */
export function pixelFormat(members: Partial<PixelFormat> & Pick<PixelFormat, 'rows' | 'columns' | 'bitsAllocated'>): PixelFormat {
  const bitsStored = members.bitsStored ?? members.bitsAllocated;
  return {
    samplesPerPixel: 1,
    frames: 1,
    values: 'integer',
    highBit: bitsStored - 1,
    signed: false,
    planar: false,
    photometric: 'MONOCHROME2',
    ...members,
    bitsStored,
  };
}
