import { MgmtError } from '@mgmt/core';
import type { ByteSource } from '../dicomFile.js';
import type { Instance } from '../image/instance.js';
import type { PixelFormat } from './pixelFormat.js';
import { encodingOf } from '../dataSet/encoding.js';
import { cleanBits } from './cleanBits.js';
import type { FrameReader } from './frameReader.js';
import { interleave } from './interleave.js';
import { type StoredArray, storedArray } from './storedArray.js';

/**
 * Uncompressed pixels: they go from the file straight into the frame's memory, and are put in order there. DICOM PS3.5 section 8.1.1 and annex A.
 *
 * @throws `MgmtError` `dicom-io/truncated-pixel-data` where file or element ends early, `dicom-io/bad-fragments` where uncompressed pixels come in fragments,
 * `dicom-io/unsupported-pixel-format` for subsampled color
 */
export function openNative(source: ByteSource, instance: Instance): FrameReader {
  const { path, pixels, pixelData, transferSyntaxUid } = instance;
  const { rows, columns, samplesPerPixel, bitsAllocated, frames } = pixels;
  if (pixelData.length === undefined) {
    throw new MgmtError('the pixels come in fragments, which only compressed ones do', { code: 'dicom-io/bad-fragments', where: path });
  }
  if (/_42[02]$/.test(pixels.photometric)) {
    throw new MgmtError('the color is stored for every second pixel', {
      code: 'dicom-io/unsupported-pixel-format',
      where: path,
      expected: 'as many samples of each kind as pixels',
      found: pixels.photometric,
    });
  }
  const frameBits = rows * columns * samplesPerPixel * bitsAllocated; // frames of single bits follow one another without a gap
  const expected = Math.ceil((frames * frameBits) / 8);
  const available = Math.max(0, Math.min(pixelData.length, source.sizeBytes - pixelData.offset));
  if (available < expected) throw truncated(instance, expected, available);
  const { littleEndian } = encodingOf(transferSyntaxUid);

  return async (frame, into) => {
    const firstBit = frame * frameBits;
    const inPlace = bitsAllocated > 1;
    const bytes = inPlace
      ? new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
      : new Uint8Array(Math.ceil((firstBit + frameBits) / 8) - Math.floor(firstBit / 8));
    const read = await source.read(bytes, pixelData.offset + Math.floor(firstBit / 8));
    if (read < bytes.length) throw truncated(instance, expected, read); // the file shrank meanwhile
    if (!inPlace) unpackBits(bytes, firstBit % 8, into);
    if (!littleEndian) swapBytes(bytes, into.BYTES_PER_ELEMENT);
    if (pixels.planar && samplesPerPixel > 1) interleave(into, samplesPerPixel);
    cleanBits(into, pixels);
  };
}

/**
 * The values of one uncompressed little-endian frame from its bytes, as they stand.
 *
 * @param bytes - at least as many as the frame has
 */
export function nativeValues(bytes: Uint8Array, format: PixelFormat): StoredArray {
  const values = storedArray(format, format.rows * format.columns * format.samplesPerPixel);
  if (format.bitsAllocated === 1) unpackBits(bytes, 0, values);
  else new Uint8Array(values.buffer).set(bytes.subarray(0, values.byteLength));
  if (format.planar && format.samplesPerPixel > 1) interleave(values, format.samplesPerPixel);
  cleanBits(values, format);
  return values;
}

/** Eight values a byte, the least significant bit first. DICOM PS3.5 section 8.1.1. */
function unpackBits(bytes: Uint8Array, firstBit: number, into: StoredArray): void {
  for (let i = 0, bit = firstBit; i < into.length; i++, bit++) into[i] = (bytes[bit >> 3]! >> (bit & 7)) & 1;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start + size <= bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

function truncated({ path, pixels, pixelData: { offset } }: Instance, expected: number, found: number): MgmtError {
  const number = (value: number) => value.toLocaleString('en-US');
  const { columns, rows, samplesPerPixel, bitsAllocated, frames } = pixels;
  const size = `${columns} x ${rows} x ${samplesPerPixel}, ${bitsAllocated} bits${frames > 1 ? `, ${frames} frames` : ''}`;
  return new MgmtError(`pixel data ends at byte ${number(offset + found)}`, {
    code: 'dicom-io/truncated-pixel-data',
    where: path,
    expected: `${number(expected)} bytes from byte ${number(offset)} (${size})`,
    found: number(found),
    hint: 'the download was cut short; fetch the file again, or leave the case out',
  });
}
