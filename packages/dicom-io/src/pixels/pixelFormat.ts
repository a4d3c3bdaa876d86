/** How stored values are laid out. Image Pixel module, DICOM PS3.3 section C.7.6.3. */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly frames: number;
  /** `float` for Float Pixel Data and Double Float Pixel Data: then all 32 or 64 bits are stored. */
  readonly values: 'integer' | 'float';
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** Planar Configuration 1: all of the first sample, then all of the next. Compressed frames say it for themselves. */
  readonly planar: boolean;
  /** `MONOCHROME2`, `RGB`, …; empty where the file does not say. */
  readonly photometric: string;
}
