import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { NativeError } from './nativeError.js';
import type { WheelFile } from './pins.js';

/**
 * That a wheel on disk is the pinned one.
 *
 * @throws `NativeError` `not-found`, `truncated` (fewer bytes than it has), `hash-mismatch`
 */
export async function checkWheel(path: string, pin: WheelFile): Promise<void> {
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new NativeError('not-found', 'no such file', { where: path, cause });
  });
  if (size < pin.sizeBytes) {
    throw new NativeError('truncated', 'the download was cut short', {
      where: path,
      expected: `${pin.sizeBytes.toLocaleString('en')} bytes`,
      found: size.toLocaleString('en'),
      hint: 'fetch the file again',
    });
  }
  const sha256 = await digestFile(path, 'sha256', 'hex');
  if (sha256 !== pin.sha256) throw hashMismatch(path, `sha256 ${pin.sha256}`, sha256);
}

/** @throws `NativeError` `hash-mismatch` when the file does not have that subresource integrity (`sha512-…`) */
export async function checkIntegrity(path: string, integrity: string): Promise<void> {
  const found = `sha512-${await digestFile(path, 'sha512', 'base64')}`;
  if (found !== integrity) throw hashMismatch(path, integrity, found);
}

async function digestFile(path: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest(encoding);
}

function hashMismatch(where: string, expected: string, found: string): NativeError {
  return new NativeError('hash-mismatch', 'is not the file that was published', {
    where,
    expected,
    found,
    hint: 'fetch it again; if it stays so, the index or a proxy hands out another file under this name',
  });
}
