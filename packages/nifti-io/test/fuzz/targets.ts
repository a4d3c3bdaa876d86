import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isMgmtError } from '@mgmt/core';
import fc from 'fast-check';
import {
  decodeNifti,
  decodeNiftiArray,
  decodeNiftiVolumes,
  readNifti,
  readNiftiArray,
  readNiftiHeader,
  readNiftiVolumes,
} from '../../src/index.js';
import { files, type Golden } from '../golden.js';
import { mutations } from './mutations.js';

/** How often readers gave a result, and how often each error. */
export interface Tally {
  read: number;
  slowestMs: number;
  readonly refused: Map<string, number>;
}

export const tally = (): Tally => ({ read: 0, slowestMs: 0, refused: new Map() });

/** A small file, mutated and read in every way. */
export interface Target {
  readonly name: string;
  /** Mutates `runs` times. Throws what a reader does that it must not: an error that is none of ours, or names the patient; 2 s; a shape that does not fit. */
  fuzz(runs: number, seed: number, counts: Tally): Promise<void>;
}

/** Every golden file as bytes, some of them compressed before they are mutated; pairs and files with extensions on the disk. */
export function targets(): Target[] {
  const singles = files.filter(({ pair }) => !pair);
  const named = (names: readonly string[]) => files.filter(({ name }) => names.includes(name));
  return [
    ...singles.map((golden) => inMemory(golden.name, golden, golden.file)),
    ...named(['scaled', 'a time series', 'int64, big endian, version 2']).map((golden) =>
      inMemory(`${golden.name}, gzip`, golden, Uint8Array.from(gzipSync(golden.file))),
    ),
    ...named(['two extensions', 'float64, big endian, version 2']).map((golden) => onDisk(golden.name, golden, golden.file)),
    ...named(['two extensions']).map((golden) => onDisk(`${golden.name}, gzip`, golden, Uint8Array.from(gzipSync(golden.file)))),
    ...files.filter(({ pair }) => pair).map((golden) => onDisk(golden.name, golden, golden.file)),
  ];
}

function inMemory(name: string, golden: Golden, bytes: Uint8Array): Target {
  return {
    name,
    async fuzz(numRuns, seed, counts) {
      const property = fc.property(mutations({ ...golden, length: bytes.length }), (mutate) => {
        const mutated = mutate(bytes);
        for (const decode of [decodeNifti, decodeNiftiVolumes, decodeNiftiArray]) {
          const start = performance.now();
          try {
            checkResult(decode(mutated));
            counts.read++;
          } catch (error) {
            checkError(error, counts);
          }
          checkTime(start, counts);
        }
      });
      fc.assert(property, { numRuns, seed });
    },
  };
}

function onDisk(name: string, golden: Golden, bytes: Uint8Array): Target {
  return {
    name: `${name}, on the disk`,
    async fuzz(numRuns, seed, counts) {
      const folder = mkdtempSync(join(tmpdir(), 'nifti-fuzz-'));
      const path = join(folder, golden.image ? 'x.hdr' : 'x.nii');
      if (golden.image) writeFileSync(join(folder, 'x.img'), golden.image);
      const property = fc.asyncProperty(mutations({ ...golden, length: bytes.length }), async (mutate) => {
        writeFileSync(path, mutate(bytes));
        for (const read of [readNifti, readNiftiVolumes, readNiftiArray, readNiftiHeader]) {
          const start = performance.now();
          try {
            checkResult(await read(path));
            counts.read++;
          } catch (error) {
            checkError(error, counts);
          }
          checkTime(start, counts);
        }
      });
      await fc.assert(property, { numRuns, seed }).finally(() => rmSync(folder, { recursive: true }));
    },
  };
}

type Result = Awaited<ReturnType<typeof readNifti | typeof readNiftiVolumes | typeof readNiftiArray | typeof readNiftiHeader>>;

function checkResult(result: Result): void {
  const product = (shape: readonly number[]) => shape.reduce((all, n) => all * n, 1);
  const fits =
    'volumes' in result
      ? result.volumes.length === product(result.extents) && result.volumes.every(({ data, shape }) => data.length === product(shape))
      : 'data' in result
        ? result.data.length === product(result.shape)
        : product(result.extents) >= 1;
  if (!fits) throw new Error('the shape does not fit');
  if ('affine' in result && !result.affine.flat().every(Number.isFinite)) throw new Error('the affine is not finite');
}

function checkError(error: unknown, { refused }: Tally): void {
  if (!isMgmtError(error) || !error.code.startsWith('nifti-io/')) throw error;
  if (!error.where || !error.expected || !error.found || !error.hint) throw new Error('the error lacks a part', { cause: error });
  if (/Doe\^|jane/i.test(error.message)) throw new Error('the error names the patient', { cause: error });
  refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
}

function checkTime(start: number, counts: Tally): void {
  const ms = performance.now() - start;
  counts.slowestMs = Math.max(counts.slowestMs, ms);
  if (ms > 2000) throw new Error(`a file took ${Math.round(ms)} ms`);
}
