import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMgmtError } from '@mgmt/core';
import fc from 'fast-check';
import { type DataSet, decodeImage, type DicomImage, parseDataSet, readAllSeries } from '../../src/index.js';
import { mutations } from './mutations.js';

/** How often readers gave a result, and how often each error. */
export interface Tally {
  read: number;
  slowestMs: number;
  readonly refused: Map<string, number>;
}

export const tally = (): Tally => ({ read: 0, slowestMs: 0, refused: new Map() });

/** A small file to mutate. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of this package's tests, and the small real ones where `MGMT_SHARED_DATA` says where they are. */
export function seeds(): Seed[] {
  const here = (path: string) => new URL(`../golden/${path}`, import.meta.url);
  const made = JSON.parse(readFileSync(here('instances.json'), 'utf8')) as { files: { name: string; file: string }[] };
  const codecs = readdirSync(here('codecs')).filter((name) => name.endsWith('.dcm'));
  const shared = process.env.MGMT_SHARED_DATA;
  const real = shared
    ? ['real/small', 'real/charset', 'real/dicomdir', 'malformed/dicom'].flatMap((folder) => filesIn(join(shared, folder)))
    : [];
  return [
    ...made.files.map(({ name, file }) => ({ name, bytes: Uint8Array.from(Buffer.from(file, 'base64')) })),
    ...codecs.map((name) => ({ name, bytes: Uint8Array.from(readFileSync(here(`codecs/${name}`))) })),
    ...real.map((path) => ({ name: path.slice(shared!.length + 1), bytes: Uint8Array.from(readFileSync(path)) })),
  ];
}

const SMALL_BYTES = 16_000;
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile() && statSync(path).size < SMALL_BYTES);

/**
 * Mutates a file `runs` times and reads it in every way.
 *
 * @throws what a reader does that it must not: an error that is none of ours, or none of a place; 2 s; a shape that does not fit
 */
export async function fuzz({ bytes }: Seed, runs: number, seed: number, counts: Tally): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dicom-fuzz-'));
  const path = join(folder, 'x.dcm');
  let turn = 0;
  const property = fc.asyncProperty(mutations(bytes), async (mutate) => {
    const mutated = mutate(bytes);
    await attempt(counts, async () => checkImage(await decodeImage(mutated, path)));
    await attempt(counts, async () => ask(parseDataSet(mutated, path, { identifying: true })));
    if (turn++ % 16 > 0) return; // the way over the disk is slower and much the same
    writeFileSync(path, mutated);
    await attempt(counts, async () => {
      for (const { error } of (await readAllSeries(folder, { allowIrregular: true })).skipped) if (error) checkError(error, counts);
    });
  });
  await fc.assert(property, { numRuns: runs, seed }).finally(() => rmSync(folder, { recursive: true }));
}

async function attempt(counts: Tally, read: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  try {
    await read();
    counts.read++;
  } catch (error) {
    checkError(error, counts);
  }
  const ms = performance.now() - start;
  counts.slowestMs = Math.max(counts.slowestMs, ms);
  if (ms > 2000) throw new Error(`a file took ${Math.round(ms)} ms`);
}

function checkError(error: unknown, { refused }: Tally): void {
  if (!isMgmtError(error) || !error.code.startsWith('dicom-io/')) throw error;
  if (!error.where) throw new Error('the error has no place', { cause: error });
  refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
}

function checkImage({ data, shape, frames }: DicomImage): void {
  if (data.length !== shape.reduce((product, n) => product * n, 1) || frames.length !== shape[0]) throw new Error('the shape does not fit');
}

/** Everything that may be asked of a data set. */
function ask(dataSet: DataSet, depth = 0): void {
  for (const keyword of dataSet.keywords().slice(0, 200)) {
    const known = /^[(A-Z]/.test(keyword) && keyword !== 'GroupLength' && keyword !== 'PrivateCreator';
    if (!known) continue;
    dataSet.texts(keyword);
    dataSet.numbers(keyword);
    if (depth < 20) {
      try {
        for (const item of dataSet.items(keyword).slice(0, 50)) ask(item, depth + 1);
      } catch (error) {
        if (!isMgmtError(error) || error.code !== 'dicom-io/malformed') throw error; // no sequence
      }
    }
  }
}
