import { MgmtError, spacingMm, type Volume } from '@mgmt/core';
import { describeSource, type Source } from './listFiles.js';
import { loadStack, type VoxelConfig } from './loadStack.js';
import { scanFolder } from './scanFolder.js';
import { indexOf } from './scanSeries.js';
import type { HeaderConfig, SeriesHeader } from '../image/seriesHeader.js';
import type { Skipped } from './skipped.js';
import type { Stack } from './stack.js';

/** How series are read. */
export interface ReadSeriesConfig extends HeaderConfig, VoxelConfig {
  /** Read slices also where they are uneven, tilted or without a position, on the grid of their mean step, and say so in `irregularities`. False by default. */
  readonly allowIrregular?: boolean;
}

/** A volume and what its files say. */
export interface SeriesVolume {
  /** Slices by increasing position along the normal; voxels of the file's own type, or float32 where they were rescaled or that was asked for. */
  readonly volume: Volume;
  readonly header: SeriesHeader;
  /** In slice order; a multi-frame file stands once for each of its slices. */
  readonly files: readonly string[];
  /** A sentence each; empty unless `allowIrregular` let them pass. */
  readonly irregularities: readonly string[];
}

/**
 * Reads the one volume of a folder: grayscale images, of one frame or many, in any of the transfer syntaxes of docs/dicom.md.
 *
 * Names of files are not looked at; what is no DICOM image is passed over. An image that cannot be read is an error, for without it the volume would have
 * a hole or an end missing.
 *
 * @param source - a folder, a file of many frames, or a list of them
 * @throws `MgmtError` `dicom-io/no-such-folder`, `dicom-io/empty-folder`, `dicom-io/several-volumes` (with what was found), `dicom-io/irregular-slices`,
 * `dicom-io/conflicting-copies`, `dicom-io/truncated-pixel-data`, `dicom-io/bad-fragments`, `dicom-io/bad-codestream`, `dicom-io/codestream-mismatch`,
 * `dicom-io/unsupported-transfer-syntax` (with its name), `dicom-io/unsupported-codestream`, `dicom-io/color`, `dicom-io/unsupported-pixel-format`,
 * `dicom-io/malformed`, `dicom-io/missing-attribute`, `dicom-io/invalid-value`, `dicom-io/no-pixel-data`, `dicom-io/too-large`,
 * `dicom-io/bad-packing`, `dicom-io/cannot-read`, `dicom-io/out-mismatch`, `dicom-io/worker-crashed`
 * @example
 * const { volume, header } = await readSeries('train/00042/T1wCE');
 * volume.shape; // [slices, rows, columns]
 */
export async function readSeries(source: Source, config: ReadSeriesConfig = {}): Promise<SeriesVolume> {
  const folder = describeSource(source);
  const { stacks, skipped } = await scanFolder(source, config);
  const broken = skipped.find(({ error }) => error);
  if (broken) throw broken.error!;
  if (stacks.length === 0) throw emptyFolder(folder, skipped);
  if (stacks.length > 1) throw severalVolumes(folder, stacks);
  return readStack(stacks[0]!, folder, config);
}

/**
 * Reads every volume of a folder. One that cannot be read is set aside with its reason and does not stop the others.
 *
 * @param source - a folder, a file, or a list of them
 * @throws `MgmtError` `dicom-io/no-such-folder`
 * @example
 * const { volumes, skipped } = await readAllSeries('functional');
 * volumes.length; // 10: of one series, told apart by what their headers say
 */
export async function readAllSeries(
  source: Source,
  config: ReadSeriesConfig = {},
): Promise<{ volumes: readonly SeriesVolume[]; skipped: readonly Skipped[] }> {
  const folder = describeSource(source);
  const { stacks, skipped } = await scanFolder(source, config);
  const volumes: SeriesVolume[] = [];
  for (const stack of stacks) {
    try {
      volumes.push(await readStack(stack, folder, config));
    } catch (error) {
      if (!(error instanceof MgmtError)) throw error;
      for (const path of new Set(indexOf(stack).files)) skipped.push({ path, reason: error.message, error });
    }
  }
  return { volumes, skipped };
}

async function readStack(stack: Stack, folder: string, config: ReadSeriesConfig): Promise<SeriesVolume> {
  if (stack.irregularities.length > 0 && !config.allowIrregular) {
    throw new MgmtError(stack.irregularities.join('; '), {
      code: 'dicom-io/irregular-slices',
      where: folder,
      expected: `${stack.shape[0]} parallel slices at equal distances, to 1 %`,
      hint: 'look for missing files; allowIrregular reads them on the grid of their mean step',
    });
  }
  const { header, files, irregularities } = indexOf(stack);
  return { volume: await loadStack(stack, config), header, files, irregularities };
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
    const { modality, seriesDescription } = slices[0]!.instance.header;
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
