import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { PixelFormat } from '../../src/pixels/pixelFormat.js';
import { DECODERS } from '../../src/pixels/codecs/decoders.js';
import type { FrameDecoder } from '../../src/pixels/frameDecoder.js';
import type { StoredArray } from '../../src/pixels/storedArray.js';

/** A compressed image as these tests need it: what the package's own reader makes of a file is tested elsewhere. */
export interface CodedFile {
  readonly transferSyntax: string;
  readonly format: PixelFormat;
  readonly frames: readonly Uint8Array[];
}

export function readCodedFile(path: string): CodedFile {
  const bytes = readFileSync(path);
  const number = (tag: number) => valueOf(bytes, tag, 'US')?.readUInt16LE() ?? 0;
  const text = (tag: number, vr: string) =>
    valueOf(bytes, tag, vr)
      ?.toString('latin1')
      .replace(/[\0 ]+$/, '');
  const format: PixelFormat = {
    rows: number(0x00280010),
    columns: number(0x00280011),
    samplesPerPixel: number(0x00280002),
    frames: Number(text(0x00280008, 'IS') ?? 1),
    values: 'integer',
    bitsAllocated: number(0x00280100),
    bitsStored: number(0x00280101),
    highBit: number(0x00280102),
    signed: number(0x00280103) === 1,
    planar: number(0x00280006) === 1,
    photometric: text(0x00280004, 'CS') ?? '',
  };
  return { transferSyntax: text(0x00020010, 'UI') ?? '', format, frames: framesOf(bytes, format.frames) };
}

/** Compressed files are all explicit little endian: the first place that looks like the element is the element. */
function valueOf(bytes: Buffer, tag: number, vr: string): Buffer | undefined {
  const head = Buffer.from([(tag >> 16) & 0xff, tag >> 24, tag & 0xff, (tag >> 8) & 0xff, ...Buffer.from(vr)]);
  const at = bytes.indexOf(head);
  return at < 0 ? undefined : bytes.subarray(at + 8, at + 8 + bytes.readUInt16LE(at + 6));
}

/** The fragments of Pixel Data, without their table. Frames share them evenly: true of these files. */
function framesOf(bytes: Buffer, count: number): Uint8Array[] {
  const fragments: Buffer[] = [];
  const heads = ['OB', 'OW'].map((vr) => Buffer.from(`e07f1000${Buffer.from(vr).toString('hex')}0000ffffffff`, 'hex'));
  let at = Math.max(...heads.map((head) => bytes.lastIndexOf(head))) + 12;
  while (at + 8 <= bytes.length && bytes.readUInt32LE(at) === 0xe000fffe) {
    const length = bytes.readUInt32LE(at + 4);
    fragments.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  const perFrame = (fragments.length - 1) / count;
  return Array.from(
    { length: count },
    (_, frame) => new Uint8Array(Buffer.concat(fragments.slice(1 + frame * perFrame, 1 + (frame + 1) * perFrame))),
  );
}

export function decoderOf({ transferSyntax }: CodedFile): Promise<FrameDecoder> {
  const load = DECODERS[transferSyntax];
  if (!load) throw new Error(`no decoder of ${transferSyntax}`);
  return load();
}

/** All frames of a file, one after the other. */
export async function decodeFile(file: CodedFile, where: string): Promise<StoredArray[]> {
  const decode = await decoderOf(file);
  return file.frames.map((frame) => decode(frame, file.format, where));
}

export function sha256(arrays: readonly StoredArray[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of arrays) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}

/** The name that NumPy has for an array's type. */
export const dtypeOf = (array: StoredArray): string => array.constructor.name.replace('Array', '').toLowerCase();

/** Values from their bytes, little endian. */
export const valuesOf = (dtype: string, bytes: Uint8Array): StoredArray => new TYPES[dtype]!(new Uint8Array(bytes).buffer);

const TYPES: Readonly<Record<string, new (buffer: ArrayBuffer) => StoredArray>> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
};

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** A file of tools/golden/dicom_codecs.py. */
export interface Golden {
  readonly name: string;
  readonly encoder: string;
  readonly decoder: string;
  readonly dtype: string;
  readonly lossy: boolean;
  /** No decoder here reads it. */
  readonly refused: boolean;
  readonly sha256: string;
  /** The values, where it is lossy. */
  readonly deflated?: string;
}

const folder = new URL('../golden/codecs/', import.meta.url);
const { files } = JSON.parse(readFileSync(new URL('codecs.json', folder), 'utf8')) as { readonly files: readonly Golden[] };

/** Those that are read, with their paths and contents. */
export const goldens = files.filter(({ refused }) => !refused).map(withFile);
export const refusedGoldens = files.filter(({ refused }) => refused).map(withFile);

function withFile(golden: Golden) {
  const path = new URL(`${golden.name}.dcm`, folder).pathname;
  return {
    ...golden,
    path,
    file: readCodedFile(path),
    values: golden.deflated ? inflateSync(Buffer.from(golden.deflated, 'base64')) : undefined,
  };
}
