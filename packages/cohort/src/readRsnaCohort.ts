import { basename, join, resolve } from 'node:path';
import { isMgmtError, type MgmtError } from '@mgmt/core';
import { byId } from './byId.js';
import { type Case, type Cohort, MODALITIES, type SetAside } from './cohort.js';
import { isFolder, namesIn, namesOrError } from './folder.js';
import type { PhantomConfig } from './phantom/phantomConfig.js';
import { readPhantomConfig } from './phantom/phantomManifest.js';
import { readLabels } from './readLabels.js';
import { checkRsnaFolder, isCaseId, LABEL_FILE } from './rsnaFolder.js';
import { alsoInTrain, badId, excluded, noCaseFolder, noLabel, noSeries } from './setAsideReasons.js';

/** How a cohort is read. */
export interface ReadRsnaCohortConfig {
  /** Ids to leave out, of `train/` or `test/`; those that are not there are passed over. None by default; see `EXCLUDED_IDS`. */
  readonly exclude?: readonly string[];
}

/**
 * The cases of a folder in the layout of the RSNA-MICCAI data: `train/00042/{FLAIR,T1w,T1wCE,T2w}/…`, `test/…` without labels, `train_labels.csv`, and
 * `masks/BraTS2021_00042_seg.nii.gz` where there are masks. Only names are read here, no image.
 *
 * A training case without label, a label without case, a case without series or whose folder cannot be read, and an excluded one are set aside with the
 * reason. A folder that a phantom was written to is known as one.
 *
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/empty-folder`, `cohort/wrong-folder`, `cohort/no-label-file`,
 * `cohort/no-case`, `cohort/bad-label-file`, `cohort/bad-label-row`, `cohort/phantom-incomplete`
 * @example
 * const cohort = await readRsnaCohort('data/rsna', { exclude: Object.keys(EXCLUDED_IDS) });
 * describeCohort(cohort); // folder "rsna" in the RSNA-MICCAI layout: 582 labeled cases (…), 87 without label, 3 set aside
 */
export async function readRsnaCohort(root: string, { exclude = [] }: ReadRsnaCohortConfig = {}): Promise<Cohort> {
  const phantom = await readPhantomConfig(root).catch((error: unknown) => {
    if (isMgmtError(error)) throw error;
    return undefined; // the folder cannot be read, which is told next
  });
  await checkRsnaFolder(root);
  const labelFile = join(root, LABEL_FILE);
  const rows = new Map((await readLabels(labelFile)).map((row) => [row.id, row]));
  const masks = await masksIn(join(root, 'masks'));
  const training = await casesIn(join(root, 'train'), (id) => ({ label: rows.get(id)?.label ?? null, ...masks(id) }));
  const unlabeled = (await isFolder(join(root, 'test'))) ? await casesIn(join(root, 'test'), () => ({ label: null })) : NOTHING;

  const setAside: SetAside[] = [...training.setAside, ...unlabeled.setAside];
  /** Keeps the cases of which nothing is wrong. */
  const keep = (cases: readonly Case[], problem: (c: Case) => MgmtError | undefined): Case[] =>
    cases.filter((c) => {
      const error = exclude.includes(c.id) ? excluded(c.id) : problem(c);
      if (error) setAside.push({ id: c.id, reason: error.message });
      return !error;
    });
  const train = keep(training.cases, ({ id, label }) =>
    label === null ? noLabel(join(root, 'train', id), labelFile, rows.get(id)?.line) : undefined,
  );
  const trainIds = new Set(training.names);
  const test = keep(unlabeled.cases, ({ id }) => (trainIds.has(id) ? alsoInTrain(root, id) : undefined));
  for (const { id, line } of rows.values()) {
    if (!trainIds.has(id))
      setAside.push({ id, reason: (exclude.includes(id) ? excluded(id) : noCaseFolder(labelFile, line, join(root, 'train', id))).message });
  }
  setAside.sort(byId);
  return { root, description: describe(root, phantom), train, test, setAside, ...(phantom && { phantom }) };
}

interface FoundCases {
  readonly names: readonly string[];
  readonly cases: readonly Case[];
  readonly setAside: readonly SetAside[];
}

const NOTHING: FoundCases = { names: [], cases: [], setAside: [] };

/** The cases of `train/` or `test/`, by id; folders that are no case, have no series or cannot be read are set aside. */
async function casesIn(folder: string, facts: (id: string) => Pick<Case, 'label' | 'mask'>): Promise<FoundCases> {
  const names: string[] = [];
  const cases: Case[] = [];
  const setAside: SetAside[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (!(await isFolder(path))) continue; // a stray file
    names.push(name);
    const series = isCaseId(name) ? await seriesIn(path) : badId(path, 'five digits, like 00042');
    if (isMgmtError(series)) setAside.push({ id: name, reason: series.message });
    else cases.push({ id: name, series, ...facts(name) });
  }
  return { names, cases, setAside };
}

/** The series of a case; an error where it has none, or its folder cannot be read. */
async function seriesIn(path: string): Promise<Case['series'] | MgmtError> {
  const found = await namesOrError(path);
  if (isMgmtError(found)) return found;
  const there = MODALITIES.filter((modality) => found.includes(modality));
  if (there.length === 0) return noSeries(path, `at least one of the folders ${MODALITIES.join(', ')}`);
  return Object.fromEntries(there.map((modality) => [modality, join(path, modality)]));
}

async function masksIn(folder: string): Promise<(id: string) => { mask?: string }> {
  const names = (await isFolder(folder)) ? await namesIn(folder) : [];
  return (id) => {
    const name = [`BraTS2021_${id}_seg.nii.gz`, `BraTS2021_${id}_seg.nii`].find((candidate) => names.includes(candidate));
    return name ? { mask: join(folder, name) } : {};
  };
}

function describe(root: string, phantom: PhantomConfig | undefined): string {
  if (phantom) return `phantom cohort, not patients, signal ${phantom.signal}, seed ${phantom.seed}`;
  return `folder "${basename(resolve(root))}" in the RSNA-MICCAI layout`;
}
