import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import { badSafetensors } from './badSafetensors.js';
import {
  FIRST_BYTES,
  parseSafetensorsHeader,
  PREFIX_BYTES,
  safetensorsHeaderBytes,
  type SafetensorsHeader,
  type TensorEntry,
} from './parseSafetensorsHeader.js';
import { readableType } from './readableType.js';
import { tensorOfBytes, type WeightTensor } from './weightTensor.js';

/** An open `.safetensors` file, of which only the header has been read. Whoever opens it closes it. */
export interface SafetensorsFile extends SafetensorsHeader {
  /** The path. */
  readonly where: string;
  readonly sizeBytes: number;
  /**
   * One tensor, or some of its rows.
   *
   * @param rows - `[from, to)` along the first axis: only their bytes are read
   * @throws `MgmtError` `nn/no-such-tensor`, `nn/unread-type`, `nn/cannot-read`, `RangeError` for rows that are not there
   */
  read(name: string, rows?: readonly [from: number, to: number]): Promise<WeightTensor>;
  /** A tensor's bytes, of any type. Throws as {@link SafetensorsFile.read}. */
  readBytes(name: string): Promise<Uint8Array>;
  /** SHA-256 of the whole file, hexadecimal. Reads it through, a mebibyte at a time. */
  sha256(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Opens a `.safetensors` file and checks its header, by the rules in docs/weights.md. Tensors are read one at a time.
 *
 * @throws `MgmtError` `nn/cannot-read`, `nn/bad-safetensors`; `nn/not-safetensors` for a pickle or another kind of file
 * @example
 * const file = await openSafetensors('model.safetensors');
 * const bias = await file.read('fc.bias');
 * await file.close();
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await system(path, () => open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))); // a pipe without a writer opens at once
  try {
    const stats = await system(path, () => file.stat());
    if (!stats.isFile()) throw unreadable(path, stats.isDirectory() ? 'a folder' : 'a pipe, a device or a socket');
    const { size } = stats;
    const headerBytes = safetensorsHeaderBytes(await readAt(file, path, 0, Math.min(FIRST_BYTES, size)), size, path);
    const header = parseSafetensorsHeader(await readAt(file, path, PREFIX_BYTES, headerBytes), size, path);
    return opened(file, path, size, header);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function opened(file: FileHandle, where: string, sizeBytes: number, header: SafetensorsHeader): SafetensorsFile {
  const entryOf = (name: string): TensorEntry => {
    const entry = header.entries.get(name);
    if (entry) return entry;
    throw new MgmtError('the file has no such tensor', { code: 'nn/no-such-tensor', where, found: JSON.stringify(name) });
  };
  return {
    ...header,
    where,
    sizeBytes,
    async read(name, rows) {
      const entry = entryOf(name);
      const type = readableType(name, entry, where);
      const { shape, begin, end } = rows ? rowsOf(name, entry, rows) : entry;
      return tensorOfBytes(type, shape, await readAt(file, where, begin, end - begin));
    },
    async readBytes(name) {
      const { begin, end } = entryOf(name);
      return readAt(file, where, begin, end - begin);
    },
    async sha256() {
      const hash = createHash('sha256');
      const part = new Uint8Array(2 ** 20);
      for (let at = 0; at < sizeBytes; at += part.length) hash.update(await readInto(file, where, part.subarray(0, sizeBytes - at), at));
      return hash.digest('hex');
    },
    close: () => file.close(),
  };
}

function rowsOf(name: string, { shape, begin, end }: TensorEntry, [from, to]: readonly [number, number]): Omit<TensorEntry, 'type'> {
  const [count, ...rest] = shape;
  if (count === undefined || !(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= count)) {
    throw new RangeError(`${name} has ${count ?? 'no'} rows, asked for ${from} to ${to}`);
  }
  const rowBytes = count === 0 ? 0 : (end - begin) / count;
  return { shape: [to - from, ...rest], begin: begin + from * rowBytes, end: begin + to * rowBytes };
}

const readAt = (file: FileHandle, where: string, offset: number, length: number) => readInto(file, where, new Uint8Array(length), offset);

async function readInto<Bytes extends Uint8Array>(file: FileHandle, where: string, bytes: Bytes, offset: number): Promise<Bytes> {
  let filled = 0;
  while (filled < bytes.length) {
    const part = Math.min(bytes.length - filled, 2 ** 30); // a call reads less than 2 GiB
    const { bytesRead } = await system(where, () => file.read(bytes, filled, part, offset + filled));
    if (bytesRead === 0) {
      throw badSafetensors(where)('the file has become shorter', `${offset + bytes.length} bytes`, `${offset + filled}`);
    }
    filled += bytesRead;
  }
  return bytes;
}

async function system<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw unreadable(path, typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(cause), cause);
  }
}

function unreadable(where: string, found: string, cause?: unknown): MgmtError {
  return new MgmtError('the weights cannot be read', {
    code: 'nn/cannot-read',
    where,
    expected: 'a regular file',
    found: found === 'ENOENT' ? 'nothing' : found,
    hint: 'check the path and that you may read there',
    cause,
  });
}
