import { basename, join, resolve } from 'node:path';
import { isMgmtError, MgmtError } from '@mgmt/core';
import { type Case, type Cohort, MODALITIES, type SetAside } from './cohort.js';
import { EXCLUDED_IDS } from './excludedIds.js';
import type { PhantomConfig } from './phantom/phantomConfig.js';
import { readPhantomConfig } from './phantom/phantomManifest.js';
import { readLabels } from './readLabels.js';
import { checkRsnaFolder, isCaseId, isFolder, LABEL_FILE, namesIn } from './rsnaFolder.js';

/** How a cohort is read. */
export interface ReadRsnaCohortConfig {
  /** Ids to leave out, of `train/` or `test/`; those that are not there are passed over. None by default; see {@link EXCLUDED_IDS}. */
  readonly exclude?: readonly string[];
}

/**
 * The cases of a folder in the layout of the RSNA-MICCAI data: `train/00042/{FLAIR,T1w,T1wCE,T2w}/…`, `test/…` without labels, `train_labels.csv`, and
 * `masks/BraTS2021_00042_seg.nii.gz` where there are masks. Only names are read here, no image.
 *
 * A training case without label, a label without case, a case without series and an excluded one are set aside with the reason. A folder that a phantom
 * was written to is known as one.
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
  const train = keep(training.cases, ({ id, label }) => (label === null ? noLabel(join(root, 'train', id), labelFile) : undefined));
  const trainIds = new Set(training.names);
  const test = keep(unlabeled.cases, ({ id }) => (trainIds.has(id) ? alsoInTrain(join(root, 'test', id)) : undefined));
  for (const { id, line } of rows.values()) {
    if (!trainIds.has(id)) setAside.push({ id, reason: (exclude.includes(id) ? excluded(id) : noFolder(root, id, line)).message });
  }
  setAside.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { root, description: describe(root, phantom), train, test, setAside, ...(phantom && { phantom }) };
}

interface FoundCases {
  readonly names: readonly string[];
  readonly cases: readonly Case[];
  readonly setAside: readonly SetAside[];
}

const NOTHING: FoundCases = { names: [], cases: [], setAside: [] };

/** The cases of `train/` or `test/`, by id; folders that are no case or have no series are set aside. */
async function casesIn(folder: string, facts: (id: string) => Pick<Case, 'label' | 'mask'>): Promise<FoundCases> {
  const names: string[] = [];
  const cases: Case[] = [];
  const setAside: SetAside[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    if (!(await isFolder(path))) continue; // a stray file
    names.push(name);
    const found = isCaseId(name) ? await namesIn(path) : [];
    const series = Object.fromEntries(
      MODALITIES.filter((modality) => found.includes(modality)).map((modality) => [modality, join(path, modality)]),
    );
    if (!isCaseId(name)) setAside.push({ id: name, reason: noId(path).message });
    else if (Object.keys(series).length === 0) setAside.push({ id: name, reason: noSeries(path).message });
    else cases.push({ id: name, series, ...facts(name) });
  }
  return { names, cases, setAside };
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

const excluded = (id: string) =>
  new MgmtError(`excluded by its id${EXCLUDED_IDS[id] ? `: ${EXCLUDED_IDS[id]}` : ''}`, { code: 'cohort/excluded' });

const noLabel = (where: string, labelFile: string) =>
  new MgmtError('the case has no label', { code: 'cohort/no-label', where, expected: `a row with 0 or 1 in ${labelFile}`, hint: 'add it' });

const noFolder = (root: string, id: string, line: number) =>
  new MgmtError('the label belongs to no case', {
    code: 'cohort/no-case-folder',
    where: `${join(root, LABEL_FILE)}, line ${line}`,
    expected: `a folder ${join(root, 'train', id)}`,
    hint: 'fetch the case again, or delete the row',
  });

const noSeries = (where: string) =>
  new MgmtError('the case has no series', {
    code: 'cohort/no-series',
    where,
    expected: `at least one of the folders ${MODALITIES.join(', ')}`,
    hint: 'fetch the case again',
  });

const noId = (where: string) =>
  new MgmtError('the name of the folder is no id', {
    code: 'cohort/bad-id',
    where,
    expected: 'five digits, like 00042',
    hint: 'rename or remove it',
  });

const alsoInTrain = (where: string) =>
  new MgmtError('a case of this id is in train/ too', {
    code: 'cohort/case-in-both-sets',
    where,
    expected: 'each patient in one set',
    hint: 'remove one of the two',
  });
