import type { Vector3 } from '@mgmt/core';

/** What the file of one image says, short of its pixels. */
export interface Instance {
  readonly path: string;
  readonly transferSyntaxUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly header: SeriesHeader;
  readonly pixels: PixelFormat;
  /** Where the value of Pixel Data (7FE0,0010) stands in the file; the length is that of the element, undefined where it is encapsulated. */
  readonly pixelData: { readonly offset: number; readonly length: number | undefined };
  /** Undefined where the file does not say where in the patient it lies. */
  readonly plane: ImagePlane | undefined;
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

/** How stored values are laid out. Image Pixel module, DICOM PS3.3 section C.7.6.3. */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly frames: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly photometric: string;
}

/** What tells volumes apart that lie in the same place: undefined where the file does not say. */
export interface Repetition {
  readonly temporalPosition: number | undefined;
  readonly echoTimeMs: number | undefined;
  readonly imageType: string | undefined;
  readonly acquisition: number | undefined;
  readonly triggerTimeMs: number | undefined;
  readonly instance: number | undefined;
}

/** What a series says of itself, from the first of its slices. Nothing in it identifies a patient unless that was asked for. */
export interface SeriesHeader {
  /** (0008,0060): `MR`, `CT`. */
  readonly modality: string;
  readonly seriesDescription?: string;
  readonly seriesNumber?: number;
  readonly manufacturer?: string;
  readonly magneticFieldStrengthT?: number;
  readonly rows: number;
  readonly columns: number;
  /** `MONOCHROME1`: larger values are darker; voxels are never inverted here. */
  readonly photometric: string;
  readonly bitsStored: number;
  /** Between rows, between columns. */
  readonly pixelSpacingMm?: readonly [number, number];
  readonly sliceThicknessMm?: number;
  readonly spacingBetweenSlicesMm?: number;
  readonly repetitionTimeMs?: number;
  readonly echoTimeMs?: number;
  /** The first window that the file suggests for viewing, in rescaled values. */
  readonly window?: { readonly center: number; readonly width: number };
  /** Only with `identifying: true`. */
  readonly identifying?: IdentifyingElements;
}

/** What names the patient, or the occasion. Left out of headers by default; in no error and no log ever. */
export interface IdentifyingElements {
  readonly patientName?: string;
  readonly patientId?: string;
  readonly patientBirthDate?: string;
  readonly studyDate?: string;
  readonly institutionName?: string;
  readonly studyUid?: string;
  readonly seriesUid?: string;
  readonly frameOfReferenceUid?: string;
}
