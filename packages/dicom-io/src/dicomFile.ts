import { closeSync, constants, fstatSync, open, openSync, read, readSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { MgmtError } from '@mgmt/core';
import { isPart10, mayBeBareDataSet, type OpenedDataSet, openDataSet } from './dataSet/openDataSet.js';
import { isGzip, isPacked, unpack } from './dataSet/unpack.js';
import type { OnDamage } from './dataSet/walkElements.js';
import type { Packing } from './image/instance.js';
import type { ReadLimits } from './limits.js';
import { reasonOf } from './series/listFiles.js';

/** Bytes that can be read at any place: a file, or what a packed file holds. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Fills `into` from a byte on, as far as the bytes go. @returns how many were read */
  read(into: Uint8Array, offset: number): Promise<number>;
}

/** Bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    async read(into, offset) {
      const part = bytes.subarray(offset, offset + into.length);
      into.set(part);
      return part.length;
    },
  };
}

/**
 * Opens a file, does something with its bytes, and closes it. A pipe or a device is refused, not waited on.
 *
 * @param packing - that of {@link PixelDataPlace}: a packed file is unpacked into memory
 * @throws `MgmtError` `dicom-io/cannot-read`, those of `unpack`, those of `use`
 */
export async function withFile<T>(path: string, packing: Packing, limits: ReadLimits, use: (source: ByteSource) => Promise<T>): Promise<T> {
  let fd: number | undefined;
  try {
    fd = await openFile(path);
    const size = sizeOfRegular(fd, path);
    const source = fileSource(fd, size);
    if (packing === 'none') return await use(source);
    const bytes = new Uint8Array(size);
    return await use(memorySource(unpack(bytes.subarray(0, await source.read(bytes, 0)), path, limits).bytes));
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall ? unreadable(path, error) : error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** A file opened until its pixel data. */
export interface OpenedFile extends OpenedDataSet {
  readonly packing: Packing;
}

/**
 * Reads a file until its pixel data, and no more of it than that takes: 16 KiB, then eight times as much, until the pixel data begin. Packed files are
 * read whole.
 *
 * @param onDamage - as in `walkElements`
 * @throws `MgmtError` `dicom-io/empty-file`, `dicom-io/not-dicom`, `dicom-io/malformed`, `dicom-io/cannot-read`, those of `unpack`
 */
export async function openDicomFile(path: string, limits: ReadLimits, onDamage?: OnDamage): Promise<OpenedFile> {
  return withFile(path, 'none', limits, async (source) => {
    let head = new Uint8Array(0);
    for (let size = FIRST_READ; ; size *= 8) {
      const longer = new Uint8Array(Math.min(size, source.sizeBytes));
      longer.set(head);
      const got = await source.read(longer.subarray(head.length), head.length);
      head = longer.subarray(0, head.length + got);
      if (head.length === 0) throw new MgmtError('the file is empty', { code: 'dicom-io/empty-file', where: path, hint: 'fetch it again' });
      if (!mayBeDicom(head)) {
        throw new MgmtError('this is no DICOM file', { code: 'dicom-io/not-dicom', where: path, expected: 'the letters DICM at byte 128' });
      }
      const last = size >= LONGEST_HEADER || head.length >= source.sizeBytes || head.length < size;
      try {
        if (isPacked(head, path)) {
          const packed = new Uint8Array(source.sizeBytes);
          const { bytes, packing } = unpack(packed.subarray(0, await source.read(packed, 0)), path, limits);
          return { ...openDataSet(bytes, path, onDamage), packing };
        }
        return { ...openDataSet(head, path, last ? onDamage : undefined), packing: 'none' };
      } catch (error) {
        if (last || (error as MgmtError).code !== 'dicom-io/malformed') throw error;
      }
    }
  });
}

/** Without waiting: a pipe that nobody writes to would never open. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const openFile = (path: string): Promise<number> =>
  soon(
    () => openSync(path, FLAGS),
    () => new Promise((resolve, reject) => open(path, FLAGS, (error, fd) => (error ? reject(error) : resolve(fd)))),
  );

const readSome = (fd: number, into: Uint8Array, done: number, position: number): Promise<number> =>
  soon(
    () => readSync(fd, into, done, into.length - done, position),
    () =>
      new Promise((resolve, reject) =>
        read(fd, into, done, into.length - done, position, (error, bytesRead) => (error ? reject(error) : resolve(bytesRead))),
      ),
  );

/**
 * What the system has at hand is taken at once, since the way to Node's threads and back takes several times as long. Where a call was slow, as on a cold
 * disk or behind a network, the next ones go that way, many beside one another. A thread that does nothing else always waits itself.
 */
async function soon<T>(atOnce: () => T, besideOthers: () => Promise<T>): Promise<T> {
  if (besideFor > 0) {
    besideFor--;
    return besideOthers();
  }
  const start = performance.now();
  const result = atOnce();
  if (!isMainThread) return result;
  const end = performance.now();
  if (end - start > SLOW_MS) besideFor = CALLS_BESIDE;
  if (end - breath > BREATH_MS) {
    await new Promise((resolve) => setImmediate(resolve)); // others want to run as well
    breath = performance.now();
  }
  return result;
}

/** Calls still to be made beside others. */
let besideFor = 0;
/** When others last had their turn. */
let breath = 0;

const SLOW_MS = 2;
const CALLS_BESIDE = 256;
const BREATH_MS = 10;

/** An open file's facts are at hand, and closing what was only read waits for nothing: neither is worth the way to another thread. */
function sizeOfRegular(fd: number, path: string): number {
  const stats = fstatSync(fd);
  if (stats.isFile()) return stats.size;
  throw new MgmtError('this is no file', { code: 'dicom-io/cannot-read', where: path, expected: 'a regular file', hint: 'check the path' });
}

function fileSource(fd: number, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    async read(into, offset) {
      let done = 0;
      while (done < into.length) {
        const bytesRead = await readSome(fd, into, done, offset + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done;
    },
  };
}

/** A gzip file is looked into: masks and images of other formats are often packed so, and lie in the same folder. */
function mayBeDicom(head: Uint8Array): boolean {
  if (!isGzip(head)) return isPart10(head) || mayBeBareDataSet(head);
  try {
    const start = gunzipSync(head.subarray(0, FIRST_READ), { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 2 ** 25 });
    return isPart10(start) || mayBeBareDataSet(start);
  } catch {
    return true; // damaged, or all blank: what is wrong with it is said when it is unpacked
  }
}

function unreadable(path: string, cause: unknown): MgmtError {
  return new MgmtError(`the file cannot be read (${reasonOf(cause)})`, {
    code: 'dicom-io/cannot-read',
    where: path,
    hint: 'check the path',
    cause,
  });
}

const FIRST_READ = 2 ** 14;
const LONGEST_HEADER = 2 ** 26;
