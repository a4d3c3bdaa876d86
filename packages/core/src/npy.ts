import { MgmtError } from './error.js';
import type { VoxelArray } from './volume.js';

/** An array as NumPy's `.npy` files hold it: C order, little endian. */
export interface NpyArray<T extends VoxelArray = VoxelArray> {
  readonly data: T;
  readonly shape: readonly number[];
}

/** The bytes of a `.npy` file, format version 1.0. `numpy.load` opens it, memory-mapped too: the data begin at a multiple of 64 bytes. */
export function encodeNpy(array: NpyArray): Uint8Array {
  const [head, data] = npyParts(array);
  const bytes = new Uint8Array(head.length + data.length);
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
}

/** The head of a `.npy` file and its data, which are the array's own memory: to be written one after the other, without a copy of the whole. */
export function npyParts({ data, shape }: NpyArray): readonly [head: Uint8Array, data: Uint8Array] {
  const [descr] = Object.entries(TYPES).find(([, Type]) => data.constructor.name === Type.name)!;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const head = new Uint8Array(Math.ceil((PREFIX_BYTES + dictionary.length + 1) / 64) * 64);
  head.set([0x93, ...ascii('NUMPY'), 1, 0]);
  new DataView(head.buffer).setUint16(8, head.length - PREFIX_BYTES, true);
  head.set(ascii(dictionary.padEnd(head.length - PREFIX_BYTES - 1) + '\n'), PREFIX_BYTES);
  return [head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
}

/** How the elements of a `.npy` file are laid out. */
export interface NpyLayout {
  readonly shape: readonly number[];
  /** Byte of the first element. */
  readonly start: number;
  readonly Type: NpyType;
}

/**
 * The layout that the head of a `.npy` file tells.
 *
 * @param head - the file, or its first bytes: 1,024 are enough for any array
 * @param where - the path, for errors
 * @throws `MgmtError` `core/bad-npy` for anything but a little-endian C-order file of a numeric type up to 32 bits, float64 included
 */
export function npyLayout(head: Uint8Array, where = 'a .npy file'): NpyLayout {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 12 || head[0] !== 0x93 || text(head.subarray(1, 6)) !== 'NUMPY') {
    throw bad(where, 'this is no .npy file', 'the bytes \\x93NUMPY at the start', text(head.subarray(0, 6)));
  }
  const wide = head[6]! > 1; // version 2 and 3: a 4-byte length
  const start = (wide ? 12 : PREFIX_BYTES) + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = text(head.subarray(wide ? 12 : PREFIX_BYTES, start));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const dimensions = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const Type = TYPES[descr];
  if (!Type || dimensions === undefined || !/'fortran_order':\s*False/.test(header)) {
    throw bad(where, 'the array has a form that is not read here', `C order, one of ${Object.keys(TYPES).join(' ')}`, header.trim());
  }
  const shape = dimensions
    .split(',')
    .filter((part) => part.trim())
    .map(Number);
  return { shape, start, Type };
}

/**
 * The array of a `.npy` file. It shares the file's memory where alignment allows.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `core/bad-npy` as {@link npyLayout}, and for a file that is not whole
 */
export function decodeNpy(bytes: Uint8Array, where = 'a .npy file'): NpyArray {
  const { shape, start, Type } = npyLayout(bytes, where);
  const count = shape.reduce((product, n) => product * n, 1);
  const bytesNeeded = count * Type.BYTES_PER_ELEMENT;
  if (bytes.length - start !== bytesNeeded)
    throw bad(where, 'the file is not whole', `${bytesNeeded} bytes of data`, `${bytes.length - start}`);
  const offset = bytes.byteOffset + start;
  const aligned = offset % Type.BYTES_PER_ELEMENT === 0;
  return {
    data: aligned ? new Type(bytes.buffer, offset, count) : new Type(new Uint8Array(bytes.subarray(start)).buffer, 0, count),
    shape,
  };
}

const bad = (where: string, sentence: string, expected: string, found: string) =>
  new MgmtError(sentence, { code: 'core/bad-npy', where, expected, found });

/** The constructor of an element type. */
export type NpyType = (new (buffer: ArrayBufferLike, offset: number, length: number) => VoxelArray) & {
  readonly BYTES_PER_ELEMENT: number;
};

const PREFIX_BYTES = 10;

const TYPES: Readonly<Record<string, NpyType>> = {
  '|i1': Int8Array,
  '|u1': Uint8Array,
  '<i2': Int16Array,
  '<u2': Uint16Array,
  '<i4': Int32Array,
  '<u4': Uint32Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
};

const ascii = (characters: string) => Uint8Array.from(characters, (c) => c.charCodeAt(0));
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
