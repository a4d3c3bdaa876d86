import type { Vector3 } from '@mgmt/core';
import type { PixelFormat } from '../pixels/pixelFormat.js';
import type { SeriesHeader } from './seriesHeader.js';

/** What the file of an image says, short of its pixels. */
export interface Instance {
  readonly path: string;
  readonly transferSyntaxUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly header: SeriesHeader;
  readonly pixels: PixelFormat;
  readonly pixelData: PixelDataPlace;
  /** One a frame, in the order of the file: a single one but for multi-frame images. */
  readonly frames: readonly Frame[];
}

/** Where the pixels stand in a file. */
export interface PixelDataPlace {
  /** Of the value of the element, in the file or in what it unpacks to. */
  readonly offset: number;
  /** Of the value; undefined where it comes in fragments, compressed. */
  readonly length: number | undefined;
  /** Whole files that were compressed: by gzip around them, or by deflate behind their meta information. */
  readonly packing: Packing;
  /** The Extended Offset Table and its lengths (7FE0,0001 and 0002): a frame's first byte, counted from behind the Basic Offset Table. */
  readonly extendedOffsets: { readonly offsets: readonly number[]; readonly lengths: readonly number[] } | undefined;
}

/** How the bytes of a file as a whole are compressed. */
export type Packing = 'none' | 'gzip' | 'deflate';

/** One image of a file: where it lies, what its values mean, what tells it from others in the same place. */
export interface Frame {
  /** Undefined where the file does not say where in the patient it lies. */
  readonly plane: ImagePlane | undefined;
  /** Between rows, between columns; undefined where the file does not say. */
  readonly pixelSpacingMm: readonly [number, number] | undefined;
  readonly sliceThicknessMm: number | undefined;
  readonly spacingBetweenSlicesMm: number | undefined;
  /** Stored values times slope plus intercept are the image's values; 1 and 0 where the file has none. */
  readonly rescale: { readonly slope: number; readonly intercept: number };
  readonly repetition: Repetition;
}

/** Image Plane module, DICOM PS3.3 section C.7.6.2. Directions are of unit length, to 1e-6. */
export interface ImagePlane {
  /** LPS, mm, of the first voxel's center. */
  readonly position: Vector3;
  /** Along which the column index grows. */
  readonly rowDirection: Vector3;
  /** Along which the row index grows. */
  readonly columnDirection: Vector3;
}

/** What tells volumes apart that lie in the same place: undefined where the file does not say. */
export interface Repetition {
  readonly stack: string | undefined;
  readonly temporalPosition: number | undefined;
  readonly echoTimeMs: number | undefined;
  readonly bValue: number | undefined;
  readonly imageType: string | undefined;
  readonly acquisition: number | undefined;
  readonly triggerTimeMs: number | undefined;
  readonly instance: number | undefined;
}
