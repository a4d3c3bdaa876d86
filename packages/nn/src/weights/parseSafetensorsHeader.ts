import { badSafetensors, type Bad } from './badSafetensors.js';
import { ELEMENT_BITS, isElementType, type ElementType } from './elementTypes.js';
import { headerScanner } from './headerScanner.js';
import { otherKindOfFile } from './otherKindOfFile.js';

/** Where a tensor lies in a `.safetensors` file, and what it is. */
export interface TensorEntry {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Byte of the first element, from the start of the file. */
  readonly begin: number;
  /** Byte behind the last element. */
  readonly end: number;
}

/** What the header of a `.safetensors` file tells. */
export interface SafetensorsHeader {
  /** In the order of the header. */
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes before the header, which hold its length. */
export const PREFIX_BYTES = 8;

/** What {@link safetensorsHeaderBytes} looks at. */
export const FIRST_BYTES = 24;

const OPENING_BRACE = 0x7b;

/** The reference reader's limit. */
const LARGEST_HEADER_BYTES = 100_000_000;

/**
 * How many bytes the header has.
 *
 * @param firstBytes - of the file, {@link FIRST_BYTES} or all of them
 * @param fileBytes - size of the whole file
 * @param where - the path, for errors
 * @throws `MgmtError` `nn/bad-safetensors`, or `nn/not-safetensors` where the file is of another kind that is known
 */
export function safetensorsHeaderBytes(firstBytes: Uint8Array, fileBytes: number, where: string): number {
  const bad = badSafetensors(where);
  if (fileBytes < PREFIX_BYTES) throw bad('the file is too short', `at least ${PREFIX_BYTES} bytes`, `${fileBytes}`);
  const length = new DataView(firstBytes.buffer, firstBytes.byteOffset).getBigUint64(0, true);
  const room = Math.min(fileBytes - PREFIX_BYTES, LARGEST_HEADER_BYTES);
  if (length > BigInt(room)) {
    throw (
      otherKindOfFile(firstBytes, where) ??
      bad('the header is longer than the file or the format allows', `at most ${room} bytes`, `${length}`)
    );
  }
  if (firstBytes[PREFIX_BYTES] !== OPENING_BRACE) {
    const found = JSON.stringify(new TextDecoder('latin1').decode(firstBytes.subarray(PREFIX_BYTES)));
    throw otherKindOfFile(firstBytes, where) ?? bad('the header does not begin with an object', '{', found);
  }
  return Number(length);
}

/**
 * Reads the header of a `.safetensors` file strictly. Everything the reference reader refuses is refused, and besides what it lets pass though the
 * format does not: a key twice (the reference takes the last one), blanks before the header, fields that the format does not know, entries in the form
 * of a list, `null` for metadata.
 *
 * @param header - exactly the bytes of the header
 * @param fileBytes - size of the whole file
 * @param where - the path, for errors
 * @throws `MgmtError` `nn/bad-safetensors` where it is no UTF-8, no JSON or no header; for a key twice; a number that is no plain whole one; a type
 * that the format does not know; a shape that does not fit its bytes or overflows; ranges that overlap, leave a hole or leave the file
 * @remarks https://github.com/huggingface/safetensors, version 0.8.0 of the reference
 */
export function parseSafetensorsHeader(header: Uint8Array, fileBytes: number, where: string): SafetensorsHeader {
  const bad = badSafetensors(where);
  const { declared, metadata } = parseText(decode(header, bad), bad);
  const dataStart = PREFIX_BYTES + header.length;
  const entries = new Map([...declared].map(([name, entry]) => [name, placed(name, entry, dataStart, bad)]));
  checkCoverage(entries, dataStart, fileBytes, bad);
  return { entries, metadata };
}

function decode(header: Uint8Array, bad: Bad): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(header);
  } catch {
    throw bad('the header is no UTF-8', 'a JSON object in UTF-8', 'other bytes');
  }
}

interface Declared {
  dtype?: string;
  shape?: readonly number[];
  data_offsets?: readonly number[];
}

function parseText(text: string, bad: Bad): { declared: ReadonlyMap<string, Declared>; metadata: Readonly<Record<string, string>> } {
  const scan = headerScanner(text, bad);
  const declared = new Map<string, Declared>();
  let metadata: Record<string, string> = {};
  scan.object((key) => {
    if (key === '__metadata__') {
      const texts = new Map<string, string>();
      scan.object((name) => texts.set(name, scan.text()));
      metadata = Object.fromEntries(texts);
      return;
    }
    const entry: Declared = {};
    scan.object((field) => {
      if (field === 'dtype') entry.dtype = scan.text();
      else if (field === 'shape' || field === 'data_offsets') entry[field] = scan.sizes();
      else throw bad('an entry has a field that the format does not know', 'dtype, shape, data_offsets', shown(`${key}.${field}`));
    });
    declared.set(key, entry);
  });
  scan.end();
  return { declared, metadata };
}

function placed(name: string, { dtype, shape, data_offsets: offsets }: Declared, dataStart: number, bad: Bad): TensorEntry {
  const label = shown(name);
  if (dtype === undefined || !shape || !offsets) throw bad('an entry lacks a field', 'dtype, shape, data_offsets', label);
  if (!isElementType(dtype)) {
    throw bad('a tensor has a type that the format does not know', Object.keys(ELEMENT_BITS).join(' '), `${shown(dtype)} of ${label}`);
  }
  if (offsets.length !== 2) throw bad('the offsets are no pair of positions', '[begin, end]', `${offsets.length} of ${label}`);
  const [begin, end] = offsets as [number, number];
  let count = 1;
  for (const n of shape) {
    count *= n;
    if (!Number.isSafeInteger(count)) throw bad('a shape overflows', 'a number of elements below 2^53', `${shape.join(' x ')} of ${label}`);
  }
  const sizeBytes = (count * ELEMENT_BITS[dtype]) / 8;
  if (end - begin !== sizeBytes) {
    throw bad(
      'a shape does not fit its bytes',
      `${sizeBytes} bytes of ${dtype} for ${shape.join(' x ') || 'a scalar'}`,
      `${end - begin} of ${label}`,
    );
  }
  return { type: dtype, shape, begin: dataStart + begin, end: dataStart + end };
}

function checkCoverage(entries: ReadonlyMap<string, TensorEntry>, dataStart: number, fileBytes: number, bad: Bad): void {
  let reached = dataStart;
  for (const [name, { begin, end }] of [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) throw bad('the tensors overlap or leave a hole', `${shown(name)} from byte ${reached}`, `byte ${begin}`);
    reached = end;
  }
  if (reached !== fileBytes) throw bad('the tensors do not fill the file', `${reached} bytes`, `${fileBytes}`);
}

const shown = (name: string) => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);
