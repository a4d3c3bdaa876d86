import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, expect } from '@jest/globals';
import { NativeError, type NativeErrorCode } from '../src/nativeError.js';
import type { WheelFile, WheelPin } from '../src/pins.js';

export const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A new empty folder, removed after the file's tests. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-native-test-'));
  made.push(folder);
  return folder;
}

export interface Member {
  readonly name: string;
  readonly content: string | Buffer;
  readonly executable?: boolean;
  /** Stored instead of the content's own, to make a broken archive. */
  readonly crc?: number;
}

/** A zip archive, as PKWARE's APPNOTE 6.3 lays it out: local headers with deflated data, central directory, end record. */
export function zip(members: readonly Member[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, executable = false, crc } of members) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const sum = crc ?? crc32(data);
    const fixed = Buffer.alloc(26);
    [20, 0, 8, 0, 0].forEach((value, i) => fixed.writeUInt16LE(value, 2 * i));
    [sum, packed.length, data.length].forEach((value, i) => fixed.writeUInt32LE(value, 10 + 4 * i));
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    local.push(Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((executable ? 0o100755 : 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), fixed, tail, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  [0, 0, members.length, members.length].forEach((value, i) => end.writeUInt16LE(value, 2 * i));
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}

/** A small wheel with what is taken of TensorFlow, on disk, and the pin that fits it. */
export function wheelIn(folder: string, distribution = 'tiny', members: readonly Member[] = TINY): { path: string; pin: WheelPin } {
  const bytes = zip(members);
  const name = `${distribution.replaceAll('-', '_')}-1.0-cp312-cp312-manylinux_2_27_x86_64.whl`;
  writeFileSync(join(folder, name), bytes);
  return { path: join(folder, name), pin: { distribution, version: '1.0', unpackedBytes: 100, files: [fileOf(name, bytes)] } };
}

export function fileOf(name: string, bytes: Buffer): WheelFile {
  return { name, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const TINY: readonly Member[] = [
  { name: 'tensorflow/lib.so.2', content: 'library '.repeat(1000), executable: true },
  { name: 'tensorflow/python/big.py', content: 'not wanted' },
];

/** A folder for the PATH that holds one program: a shell script. */
export function programIn(name: string, script: string): string {
  const folder = join(scratch(), 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

/** The code, the whole message and the hint of what a promise fails with. */
export async function failureOf(work: Promise<unknown>): Promise<{ code: NativeErrorCode; message: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NativeError);
  const { code, message } = error as NativeError;
  return { code: code.replace('tfjs-native/', '') as NativeErrorCode, message };
}

/** Environment and arguments that run a TypeScript program of this folder with Node alone. */
export function program(name: string): { args: string[]; env: NodeJS.ProcessEnv } {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return {
    args: ['--import', '@swc-node/register/esm-register', join(packageRoot, 'test', 'programs', name)],
    env: { ...env, SWC_NODE_PROJECT: join(packageRoot, 'tsconfig.json') },
  };
}
