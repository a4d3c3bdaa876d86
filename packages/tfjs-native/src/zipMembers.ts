import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { asDiskFull, NativeError } from './nativeError.js';

/** A member that was written: its name in the archive and its size. */
export interface ZipMember {
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * Writes those members of a zip archive (a wheel is one) that `wanted` takes, and reads no others.
 *
 * @param archive - path of the archive
 * @param folder - written under it, each member by its own name; existing files are overwritten
 * @param wanted - called with each member's name, folders left out
 * @returns the members written, in the archive's order
 * @throws `NativeError` `broken-wheel` when the archive's directory or a member cannot be read, or a member's CRC-32 differs; `disk-full`
 */
export async function extractZipMembers(archive: string, folder: string, wanted: (name: string) => boolean): Promise<ZipMember[]> {
  const zip = await openZip(archive);
  const written: ZipMember[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
      const target = join(folder, entry.fileName); // yauzl refuses names that are absolute or climb out
      try {
        await writeMember(zip, entry, target, archive);
      } catch (error) {
        throw asBroken(asDiskFull(error, target), archive);
      }
      written.push({ name: entry.fileName, sizeBytes: entry.uncompressedSize });
    }
  } catch (error) {
    throw asBroken(error, archive);
  } finally {
    zip.close();
  }
  return written;
}

async function openZip(archive: string): Promise<ZipFile> {
  try {
    return await openPromise(archive, { autoClose: false, lazyEntries: true });
  } catch (error) {
    throw asBroken(error, archive);
  }
}

async function writeMember(zip: ZipFile, entry: Entry, target: string, archive: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  let sum = 0;
  const summing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
  });
  const executable = ((entry.externalFileAttributes >>> 16) & 0o111) !== 0;
  await pipeline(await zip.openReadStreamPromise(entry), summing, createWriteStream(target, { mode: executable ? 0o755 : 0o644 }));
  if (sum !== entry.crc32) {
    throw new NativeError('broken-wheel', `${entry.fileName} does not have the archive's CRC-32`, {
      where: archive,
      expected: entry.crc32.toString(16),
      found: sum.toString(16),
      hint: 'fetch the file again',
    });
  }
}

function asBroken(error: unknown, archive: string): unknown {
  if (error instanceof NativeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new NativeError('broken-wheel', `cannot be read as a wheel: ${reason}`, {
    where: archive,
    hint: 'fetch the file again',
    cause: error,
  });
}
