import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AnyCohort,
  type ExternalCohortConfig,
  MODALITIES,
  type Modality,
  readBrats2020,
  readBrats2021,
  readExternalCohort,
  readRsnaCohort,
} from '@mgmt/cohort';

/** What a folder itself does not tell: its labels, and what is called how in a data set of somebody's own. */
export interface LayoutOptions {
  /** A table: `train_labels.csv` beside a BraTS 2021 tree, or that of an external cohort. */
  readonly labels?: string;
  /** Names of the columns `id`, `label` and `site`. */
  readonly columns?: Named;
  /** What stands for class `0`, class `1` and `unknown`. */
  readonly words?: Named;
  /** Names in a case's folder of each modality and of its `mask`; `{id}` stands for its id. */
  readonly files?: Named;
  readonly caseFolder?: string;
}

/** Names under keys, several under one. */
export type Named = Readonly<Record<string, readonly string[]>>;

/**
 * The cohort of a folder, by whichever layout it has: the RSNA-MICCAI data or a phantom, BraTS 2021, BraTS 2020; with a table of labels, any flat folder of
 * cases.
 *
 * @throws `MgmtError` those of the layout's reader
 */
export async function readAnyCohort(root: string, options: LayoutOptions = {}): Promise<AnyCohort> {
  const { labels } = options;
  const layout = await layoutOf(root);
  if (layout === 'BraTS 2021') return readBrats2021(root, labels === undefined ? {} : { labels });
  if (labels !== undefined) return readExternalCohort(root, externalConfig(labels, options));
  return layout === 'BraTS 2020' ? readBrats2020(root) : readRsnaCohort(root);
}

type Layout = 'RSNA-MICCAI' | 'BraTS 2020' | 'BraTS 2021';

/** What names tell. A folder that holds a tree of BraTS goes to that tree's reader, who says which one is meant; what nobody knows, to that of RSNA-MICCAI. */
async function layoutOf(root: string): Promise<Layout> {
  const names = await namesIn(root);
  const here = layoutNamed(names);
  if (here) return here;
  for (const name of names) {
    const inside = layoutNamed(await namesIn(join(root, name)));
    if (inside) return inside;
  }
  return 'RSNA-MICCAI';
}

function layoutNamed(names: readonly string[]): Layout | undefined {
  if (names.includes('train')) return 'RSNA-MICCAI'; // beside it, masks/ has names of BraTS 2021
  if (names.some((name) => /^BraTS2021_\d{5}(_|$)/.test(name))) return 'BraTS 2021';
  return names.some((name) => /^BraTS20_(Training|Validation)_\d{3}(_|$)/.test(name)) ? 'BraTS 2020' : undefined;
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []); // the reader says what is wrong with it

function externalConfig(table: string, { columns, words, files, caseFolder }: LayoutOptions): ExternalCohortConfig {
  const site = columns?.['site']?.[0];
  const series = MODALITIES.flatMap((modality) => (files?.[modality] ? [[modality, files[modality]] as const] : []));
  return {
    table,
    columns: {
      id: columns?.['id']?.[0] ?? 'BraTS21ID',
      label: columns?.['label']?.[0] ?? 'MGMT_value',
      ...(site !== undefined && { site }),
      ...(words && { words: { 0: words['0'] ?? ['0'], 1: words['1'] ?? ['1'], unknown: words['unknown'] ?? [] } }),
    },
    ...(caseFolder !== undefined && { caseFolder }),
    ...(series.length > 0 && { series: Object.fromEntries(series) as Partial<Record<Modality, readonly string[]>> }),
    ...(files?.['mask'] && { masks: files['mask'] }),
  };
}
