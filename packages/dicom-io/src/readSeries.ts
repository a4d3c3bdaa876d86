import { MgmtError, spacingMm, type Volume } from '@mgmt/core';
import type { SeriesHeader } from './instance.js';
import { loadStack } from './loadStack.js';
import type { HeaderConfig } from './parseInstance.js';
import { scanFolder } from './scanFolder.js';
import { indexOf } from './scanSeries.js';
import type { Skipped } from './skipped.js';
import type { Stack } from './stack.js';

/** How series are read. */
export interface ReadSeriesConfig extends HeaderConfig {
  /** Apply rescale slope and intercept where they are not 1 and 0; voxels are then float32. True by default. */
  readonly rescale?: boolean;
  /** Read slices also where they are uneven, tilted or without a position, on the grid of their mean step, and say so in `irregularities`. False by default. */
  readonly allowIrregular?: boolean;
}

/** A volume and what its files say. */
export interface SeriesVolume {
  /** Slices by increasing position along the normal; voxels of the file's integer type, or float32 where they were rescaled. */
  readonly volume: Volume;
  readonly header: SeriesHeader;
  /** In slice order. */
  readonly files: readonly string[];
  /** A sentence each; empty unless `allowIrregular` let them pass. */
  readonly irregularities: readonly string[];
}

/**
 * Reads the one volume of a folder: single-frame grayscale images of 8 or 16 bits, uncompressed little endian.
 *
 * Names of files are not looked at; what is no DICOM image is passed over. An image that cannot be read is an error, for without it the volume would have
 * a hole or an end missing.
 *
 * @throws `MgmtError` `dicom-io/no-such-folder`, `dicom-io/empty-folder`, `dicom-io/several-volumes` (with what was found), `dicom-io/irregular-slices`,
 * `dicom-io/truncated-pixel-data`, `dicom-io/unsupported-transfer-syntax` (with its name), `dicom-io/color`, `dicom-io/multi-frame`,
 * `dicom-io/unsupported-pixel-format`, `dicom-io/malformed`, `dicom-io/no-pixel-data`, `dicom-io/cannot-read`
 * @example
 * const { volume, header } = await readSeries('train/00042/T1wCE');
 * volume.shape; // [slices, rows, columns]
 */
export async function readSeries(folder: string, config: ReadSeriesConfig = {}): Promise<SeriesVolume> {
  const { stacks, skipped } = await scanFolder(folder, config);
  const broken = skipped.find(({ error }) => error);
  if (broken) throw broken.error!;
  if (stacks.length === 0) throw emptyFolder(folder, skipped);
  if (stacks.length > 1) throw severalVolumes(folder, stacks);
  return readStack(stacks[0]!, folder, config);
}

/**
 * Reads every volume of a folder. One that cannot be read is set aside with its reason and does not stop the others.
 *
 * @throws `MgmtError` `dicom-io/no-such-folder`
 */
export async function readAllSeries(
  folder: string,
  config: ReadSeriesConfig = {},
): Promise<{ volumes: readonly SeriesVolume[]; skipped: readonly Skipped[] }> {
  const { stacks, skipped } = await scanFolder(folder, config);
  const volumes: SeriesVolume[] = [];
  for (const stack of stacks) {
    try {
      volumes.push(await readStack(stack, folder, config));
    } catch (error) {
      if (!(error instanceof MgmtError)) throw error;
      for (const { path } of stack.slices) skipped.push({ path, reason: error.message, error });
    }
  }
  return { volumes, skipped };
}

async function readStack(
  stack: Stack,
  folder: string,
  { rescale = true, allowIrregular = false }: ReadSeriesConfig,
): Promise<SeriesVolume> {
  if (stack.irregularities.length > 0 && !allowIrregular) {
    throw new MgmtError(stack.irregularities.join('; '), {
      code: 'dicom-io/irregular-slices',
      where: folder,
      expected: `${stack.shape[0]} parallel slices at equal distances, to 1 %`,
      hint: 'look for missing files; allowIrregular reads them on the grid of their mean step',
    });
  }
  const { header, files, irregularities } = indexOf(stack);
  return { volume: await loadStack(stack, rescale), header, files, irregularities };
}

function emptyFolder(folder: string, skipped: readonly Skipped[]): MgmtError {
  const examples = skipped.slice(0, 3).map(({ path, reason }) => `${path}: ${reason}`);
  return new MgmtError('the folder holds no DICOM image', {
    code: 'dicom-io/empty-folder',
    where: folder,
    expected: 'the DICOM files of a series',
    found: skipped.length === 0 ? 'no file' : `${skipped.length} other files (${examples.join('; ')}${skipped.length > 3 ? '; …' : ''})`,
    hint: 'check the path',
  });
}

function severalVolumes(folder: string, stacks: readonly Stack[]): MgmtError {
  const counts = new Map<string, number>();
  for (const { slices, shape, affine } of stacks) {
    const { modality, seriesDescription } = slices[0]!.header;
    const spacing = spacingMm(affine).map((mm) => Number(mm.toFixed(3)));
    const text = `${modality} '${seriesDescription ?? ''}' ${shape.join(' x ')} at ${spacing.join(' x ')} mm`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new MgmtError('the folder holds several volumes', {
    code: 'dicom-io/several-volumes',
    where: folder,
    expected: 'one',
    found: `${stacks.length}: ${[...counts].map(([text, count]) => (count > 1 ? `${count} of ${text}` : text)).join(', ')}`,
    hint: 'name a folder that holds one volume, or read them all with readAllSeries',
  });
}
