import type { FrameDecoder, LoadDecoder } from '../frameDecoder.js';
import { nativeValues } from '../native.js';
import { badCodestream, unsupportedCodestream } from './refusals.js';

/** Deflated Image Frame Compression, 1.2.840.10008.1.2.8.1: each frame as it would stand uncompressed, deflated. DICOM PS3.5 section A.4.11. */
export const loadDeflatedFrame: LoadDecoder = async () => {
  const { inflateRawSync } = await import('node:zlib');
  return decodeFrame((bytes, maxOutputLength) => inflateRawSync(bytes, { maxOutputLength }));
};

type Inflate = (bytes: Uint8Array, maxOutputLength: number) => Uint8Array;

const decodeFrame =
  (inflate: Inflate): FrameDecoder =>
  (codestream, format, where) => {
    const { rows, columns, samplesPerPixel, bitsAllocated } = format;
    if (![1, 8, 16, 32, format.values === 'float' ? 64 : 1].includes(bitsAllocated)) {
      throw unsupportedCodestream(where, '1, 8, 16 or 32 bits allocated, or 64 of a float', String(bitsAllocated));
    }
    const length = Math.ceil((rows * columns * samplesPerPixel * bitsAllocated) / 8);
    const bytes = inflateExactly(inflate, codestream, length, where);
    return nativeValues(bytes, format);
  };

/** The frame's bytes, among which one of padding is allowed. Never more memory than that. */
function inflateExactly(inflate: Inflate, codestream: Uint8Array, length: number, where: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = inflate(codestream, length + 1);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw badCodestream(where, 'the deflated frame cannot be inflated', { expected: `${length} bytes`, found, cause });
  }
  if (bytes.length < length) {
    throw badCodestream(where, 'the deflated frame ends early', { expected: `${length} bytes`, found: String(bytes.length) });
  }
  return bytes;
}
