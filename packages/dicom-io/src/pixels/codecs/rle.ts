import type { FrameDecoder, LoadDecoder } from '../frameDecoder.js';
import { storedArray } from '../storedArray.js';
import { badCodestream, unsupportedCodestream } from './refusals.js';
import { settleValues } from './settleValues.js';

/** RLE Lossless, 1.2.840.10008.1.2.5: a segment for every byte of every sample, each packed by itself. DICOM PS3.5 annex G. */
export const loadRle: LoadDecoder = () => Promise.resolve(decodeRle);

const HEADER_BYTES = 64;
const MOST_SEGMENTS = 15; // the header has room for so many

const decodeRle: FrameDecoder = (codestream, format, where) => {
  const { rows, columns, samplesPerPixel: samples, bitsAllocated } = format;
  const sampleBytes = bitsAllocated / 8;
  if (![1, 2, 4].includes(sampleBytes)) throw unsupportedCodestream(where, '8, 16 or 32 bits allocated', String(bitsAllocated));
  if (samples * sampleBytes > MOST_SEGMENTS) {
    throw unsupportedCodestream(where, `at most ${MOST_SEGMENTS} bytes a pixel`, String(samples * sampleBytes));
  }
  const segments = segmentsOf(codestream, samples * sampleBytes, where);
  const pixels = rows * columns;
  const packed = segments.reduce((bytes, { start, end }) => bytes + end - start, 0);
  if (packed * 64 < pixels * segments.length) {
    throw endsEarly(where, `at least ${Math.ceil((pixels * segments.length) / 64)} bytes`, packed);
  }

  const values = storedArray(format, pixels * samples);
  const bytes = new Uint8Array(values.buffer);
  const plane = bytes.length === pixels ? bytes : new Uint8Array(pixels); // one byte of one sample
  segments.forEach(({ start, end }, segment) => {
    unpack(codestream, start, end, plane, where);
    if (plane === bytes) return;
    const sample = Math.floor(segment / sampleBytes);
    const significance = sampleBytes - 1 - (segment % sampleBytes); // the most significant byte comes first
    for (let i = 0, o = sample * sampleBytes + significance; i < pixels; i++, o += segments.length) bytes[o] = plane[i]!;
  });
  settleValues(values, { precision: bitsAllocated, lossy: false }, format);
  return values;
};

/** Where each segment lies: its offset from the header, its end from the next. */
function segmentsOf(codestream: Uint8Array, expected: number, where: string): { readonly start: number; readonly end: number }[] {
  if (codestream.length < HEADER_BYTES) throw endsEarly(where, `a header of ${HEADER_BYTES} bytes`, codestream.length);
  const header = new DataView(codestream.buffer, codestream.byteOffset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  if (count !== expected) {
    throw badCodestream(where, 'the RLE header has another number of segments', {
      expected: `${expected}, one a byte of a pixel`,
      found: String(count),
    });
  }
  const offset = (segment: number): number => (segment < count ? header.getUint32(4 + 4 * segment, true) : codestream.length);
  return Array.from({ length: count }, (_, segment) => {
    const [start, end] = [offset(segment), offset(segment + 1)];
    if (start < HEADER_BYTES || start >= end || end > codestream.length) {
      throw badCodestream(where, `RLE segment ${segment + 1} lies outside the frame`, {
        expected: `byte ${HEADER_BYTES} to ${codestream.length}`,
        found: `${start} to ${end}`,
      });
    }
    return { start, end };
  });
}

/** Fills `plane` from one segment. Bytes beyond it, with which some writers end on an even number, are ignored. */
function unpack(packed: Uint8Array, start: number, end: number, plane: Uint8Array, where: string): void {
  let [from, to] = [start, 0];
  while (to < plane.length && from < end) {
    const control = packed[from++]!;
    if (control === 128) continue; // reserved, and ignored
    const length = control < 128 ? control + 1 : 257 - control;
    const wanted = Math.min(length, plane.length - to);
    if (from + (control < 128 ? wanted : 1) > end) break;
    if (control < 128) {
      plane.set(packed.subarray(from, from + wanted), to);
      from += length;
    } else plane.fill(packed[from++]!, to, to + wanted);
    to += wanted;
  }
  if (to < plane.length) throw endsEarly(where, `${plane.length} bytes in a segment`, to);
}

const endsEarly = (where: string, expected: string, found: number) =>
  badCodestream(where, 'the RLE frame ends early', { expected, found: String(found) });
