import { MgmtError } from '@mgmt/core';
import { findDuplicateKey } from './findDuplicateKey.js';
import { widenHalf } from './widenHalf.js';

/** An array under a name in a weight file. Half-width floats are widened to float32 on reading. */
export interface WeightTensor<Data extends WeightData = WeightData> {
  readonly shape: readonly number[];
  /** C order, as many as the shape holds. */
  readonly data: Data;
}

/** The element types that are written; `F16` and `BF16` are read too. */
export type WeightData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** What a `.safetensors` file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of a `.safetensors` file, which PyTorch, JAX and the hubs read. Nothing in one can run.
 *
 * @param metadata - texts to keep beside the tensors
 */
export function encodeSafetensors(tensors: ReadonlyMap<string, WeightTensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const [dtype] = Object.entries(TYPES).find(([, { make }]) => make?.name === data.constructor.name)!;
    return [name, { dtype, shape, data_offsets: [end, (end += data.byteLength)] }] as const;
  });
  const own = Object.keys(metadata).length > 0 ? [['__metadata__', metadata] as const] : [];
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries([...own, ...entries])));
  const headerBytes = Math.ceil(json.length / 8) * 8; // so that the data are aligned
  const bytes = new Uint8Array(PREFIX_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes).set(json, PREFIX_BYTES);
  let at = PREFIX_BYTES + headerBytes;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * The tensors of a `.safetensors` file, copied out of it.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `nn/bad-safetensors` for anything but a whole file whose header accounts for every byte once: a header that is too long, no
 * JSON, or has a key twice; a type that is not read here; a shape that does not fit its bytes; ranges that overlap, leave a hole or leave the file
 */
export function decodeSafetensors(bytes: Uint8Array, where = 'a .safetensors file'): Safetensors {
  const bad = badIn(where);
  const { header, data } = splitHeader(bytes, bad);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    throw bad('the metadata are no texts', 'an object of strings', JSON.stringify(metadata).slice(0, 80));
  }
  const named = Object.entries(entries).map(([name, entry]) => ({ name, ...checkEntry(name, entry, bad) }));
  checkCoverage(named, data.length, bad);
  const tensors = new Map(
    named.map(({ name, type, shape, begin, end }) => [name, { shape, data: copyOut(new Uint8Array(data.subarray(begin, end)), type) }]),
  );
  return { tensors, metadata: metadata as Record<string, string> };
}

type Bad = (sentence: string, expected: string, found: string) => MgmtError;

function badIn(where: string): Bad {
  return (sentence, expected, found) =>
    new MgmtError(sentence, { code: 'nn/bad-safetensors', where, expected, found, hint: 'fetch the file again' });
}

function splitHeader(bytes: Uint8Array, bad: Bad): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < PREFIX_BYTES) throw bad('the file is too short', `at least ${PREFIX_BYTES} bytes`, `${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
  const room = Math.min(bytes.length - PREFIX_BYTES, LARGEST_HEADER_BYTES);
  if (length > BigInt(room)) throw bad('the header is longer than the file or the format allow', `at most ${room} bytes`, `${length}`);
  const start = PREFIX_BYTES + Number(length);
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(PREFIX_BYTES, start));
    header = JSON.parse(text);
  } catch (cause) {
    throw bad('the header is no JSON', 'an object in UTF-8', (cause as Error).message);
  }
  if (!isRecord(header) || !text.startsWith('{')) throw bad('the header is no object', '{', text.slice(0, 20));
  const twice = findDuplicateKey(text);
  if (twice !== undefined) throw bad('a key is in the header twice', 'every key once', JSON.stringify(twice));
  return { header, data: bytes.subarray(start) };
}

interface Entry {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function checkEntry(name: string, entry: unknown, bad: Bad): Entry {
  const shown = `${JSON.stringify(name)}: ${JSON.stringify(entry)}`.slice(0, 200);
  if (!isRecord(entry)) throw bad('an entry is no object', '{ dtype, shape, data_offsets }', shown);
  const { dtype, shape, data_offsets: offsets } = entry;
  const type = typeof dtype === 'string' && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (!type) throw bad('a tensor has a type that is not read here', Object.keys(TYPES).join(' '), shown);
  if (!isSizes(shape)) throw bad('a shape is no list of sizes', 'whole numbers from 0', shown);
  if (!isSizes(offsets) || offsets.length !== 2) throw bad('the offsets are no pair of positions', '[begin, end]', shown);
  const [begin, end] = offsets as [number, number];
  const sizeBytes = shape.reduce((product, n) => product * n, type.bytes);
  if (!Number.isSafeInteger(sizeBytes) || end - begin !== sizeBytes) {
    throw bad('a shape does not fit its bytes', `${sizeBytes} bytes`, shown);
  }
  return { type, shape, begin, end };
}

function checkCoverage(entries: readonly (Entry & { readonly name: string })[], length: number, bad: Bad): void {
  let reached = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) throw bad('the tensors overlap or leave a hole', `${JSON.stringify(name)} from byte ${reached}`, `${begin}`);
    reached = end;
  }
  if (reached !== length) throw bad('the tensors do not fill the file', `${reached} bytes of data`, `${length}`);
}

function copyOut(bytes: Uint8Array, { make, widen }: ElementType): WeightData {
  return widen ? widenHalf(new Uint16Array(bytes.buffer), widen) : new make!(bytes.buffer);
}

interface ElementType {
  readonly bytes: number;
  readonly make?: new (buffer: ArrayBufferLike) => WeightData;
  readonly widen?: 'F16' | 'BF16';
}

const TYPES: Readonly<Record<string, ElementType>> = {
  F64: { bytes: 8, make: Float64Array },
  F32: { bytes: 4, make: Float32Array },
  I32: { bytes: 4, make: Int32Array },
  I64: { bytes: 8, make: BigInt64Array },
  U8: { bytes: 1, make: Uint8Array },
  F16: { bytes: 2, widen: 'F16' },
  BF16: { bytes: 2, widen: 'BF16' },
};

const PREFIX_BYTES = 8;
const LARGEST_HEADER_BYTES = 100_000_000; // the reference reader's limit

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
