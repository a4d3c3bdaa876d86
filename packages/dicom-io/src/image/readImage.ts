import { openDataSet } from '../dataSet/openDataSet.js';
import { unpack } from '../dataSet/unpack.js';
import { type ByteSource, memorySource, openDicomFile, withFile } from '../dicomFile.js';
import type { Frame, Instance } from './instance.js';
import type { PixelFormat } from '../pixels/pixelFormat.js';
import type { ReadLimits } from '../limits.js';
import { instanceOf } from './parseInstance.js';
import { openFrames } from '../pixels/openFrames.js';
import { type StoredArray, storedArray } from '../pixels/storedArray.js';
import type { HeaderConfig, SeriesHeader } from './seriesHeader.js';

/** One file's image as it is stored: any number of frames, gray or color. */
export interface DicomImage {
  /** Stored values in C order, neither rescaled nor turned to another color space. A single bit takes a byte. */
  readonly data: StoredArray;
  /** `[frames, rows, columns, samples]` */
  readonly shape: readonly [frames: number, rows: number, columns: number, samples: number];
  readonly header: SeriesHeader;
  readonly pixels: PixelFormat;
  /** Where each frame lies, and what its values mean. */
  readonly frames: readonly Frame[];
  readonly transferSyntaxUid: string;
}

/**
 * Reads one file's image, whatever it shows and wherever it lies.
 *
 * @param path - a DICOM file, gzip around it or not
 * @throws `MgmtError` those of `parseInstance` and, of the pixels, those of `readSeries`
 * @example
 * const { data, shape } = await readImage('screenshot.dcm');
 * shape; // [frames, rows, columns, samples]
 */
export async function readImage(path: string, config: HeaderConfig & ReadLimits = {}): Promise<DicomImage> {
  const { packing, ...opened } = await openDicomFile(path, config);
  const instance = instanceOf(opened, packing, path, config);
  return withFile(path, packing, config, (source) => imageOf(instance, source));
}

/**
 * The image in the bytes of a file. See {@link readImage}.
 *
 * @param where - the path, for errors
 * @example
 * const response = await fetch('https://example.org/scan.dcm');
 * const image = await decodeImage(new Uint8Array(await response.arrayBuffer()), 'scan.dcm');
 */
export async function decodeImage(bytes: Uint8Array, where = 'a DICOM file', config: HeaderConfig & ReadLimits = {}): Promise<DicomImage> {
  const { bytes: whole, packing } = unpack(bytes, where, config);
  return imageOf(instanceOf(openDataSet(whole, where), packing, where, config), memorySource(whole));
}

/**
 * The values that an image's stored values stand for, frame by frame: times slope plus intercept, in float64, then rounded.
 *
 * @returns as many as `data` has
 * @example
 * const hounsfield = rescaleImage(await readImage('ct.dcm'));
 */
export function rescaleImage({ data, shape: [frames], frames: places }: DicomImage): Float32Array {
  const values = new Float32Array(data.length);
  const length = data.length / frames;
  places.forEach(({ rescale: { slope, intercept } }, frame) => {
    for (let i = frame * length; i < (frame + 1) * length; i++) values[i] = data[i]! * slope + intercept;
  });
  return values;
}

async function imageOf(instance: Instance, source: ByteSource): Promise<DicomImage> {
  const { header, pixels, frames, transferSyntaxUid } = instance;
  const length = pixels.rows * pixels.columns * pixels.samplesPerPixel;
  const read = await openFrames(source, instance);
  const data = storedArray(pixels, pixels.frames * length);
  for (let frame = 0; frame < pixels.frames; frame++) await read(frame, data.subarray(frame * length, (frame + 1) * length));
  return { data, shape: [pixels.frames, pixels.rows, pixels.columns, pixels.samplesPerPixel], header, pixels, frames, transferSyntaxUid };
}
