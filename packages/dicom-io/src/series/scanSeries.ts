import type { Affine, VolumeShape } from '@mgmt/core';
import type { Source } from './listFiles.js';
import type { ReadLimits } from '../limits.js';
import { scanFolder } from './scanFolder.js';
import type { HeaderConfig, SeriesHeader } from '../image/seriesHeader.js';
import type { Skipped } from './skipped.js';
import type { Stack } from './stack.js';

/** One volume of a folder, known by its headers. */
export interface SeriesIndex {
  readonly header: SeriesHeader;
  /** `[slices, rows, columns]` */
  readonly shape: VolumeShape;
  /** `(column, row, slice, 1)` to LPS millimetres. */
  readonly affine: Affine;
  /** Paths in slice order: by increasing position along the normal. A multi-frame file stands once for each of its slices. */
  readonly files: readonly string[];
  /** Why the slices lie on no even, upright grid: a sentence each, none where they do. */
  readonly irregularities: readonly string[];
}

/** What a folder holds. */
export interface SeriesScan {
  readonly series: readonly SeriesIndex[];
  readonly skipped: readonly Skipped[];
}

/**
 * Looks through a folder, and the folders below it, by headers alone. Images are grouped by series, matrix and orientation; several volumes in one series
 * are told apart. What is no DICOM image is skipped, with the reason, and never waited on.
 *
 * @param source - a folder, a file, or a list of them
 * @throws `MgmtError` `dicom-io/no-such-folder`
 * @example
 * const { series, skipped } = await scanSeries('00042');
 * series.map(({ header, shape }) => [header.seriesDescription, shape]);
 */
export async function scanSeries(source: Source, config: HeaderConfig & ReadLimits = {}): Promise<SeriesScan> {
  const { stacks, skipped } = await scanFolder(source, config);
  return { series: stacks.map(indexOf), skipped };
}

/** What is told of a stack. */
export function indexOf({ slices, shape, affine, irregularities }: Stack): SeriesIndex {
  return { header: slices[0]!.instance.header, shape, affine, files: slices.map(({ instance }) => instance.path), irregularities };
}
