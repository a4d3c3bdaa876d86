import { basename, join, resolve } from 'node:path';
import { bratsCasesIn, type BratsRelease } from './bratsFolder.js';
import { byId } from './byId.js';
import type { Case, Cohort, SetAside } from './cohort.js';
import { readLabels } from './readLabels.js';
import { excluded, noCaseFolder } from './setAsideReasons.js';

/** How a BraTS 2021 tree is read. */
export interface ReadBrats2021Config {
  /** The `train_labels.csv` of the RSNA-MICCAI data, whose ids are the same patients'. Without, no case has a label. */
  readonly labels?: string;
  /** Ids to leave out; those that are not there are passed over. None by default; see `EXCLUDED_IDS`. */
  readonly exclude?: readonly string[];
}

/**
 * The cases of a BraTS 2021 tree of task 1, `BraTS2021_00042/BraTS2021_00042_{flair,t1,t1ce,t2,seg}.nii.gz`, joined to the labels of the RSNA-MICCAI data
 * by their five digits: images and masks on one grid, for studies of the tumor. Only names are read here, no image.
 *
 * Most of the tree's cases have no label and come under `test`. A label without case and an excluded case are set aside with the reason.
 *
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/cannot-read`, `cohort/wrong-folder`, those of `readLabels`
 * @example
 * const cohort = await readBrats2021('data/brats2021', { labels: 'data/rsna/train_labels.csv', exclude: Object.keys(EXCLUDED_IDS) });
 */
export async function readBrats2021(root: string, { labels, exclude = [] }: ReadBrats2021Config = {}): Promise<Cohort> {
  const found = await bratsCasesIn(root, release);
  const rows = new Map((labels === undefined ? [] : await readLabels(labels)).map((row) => [row.id, row]));
  const setAside: SetAside[] = [...found.setAside];
  const cases: Case[] = [];
  for (const c of found.cases) {
    if (exclude.includes(c.id)) setAside.push({ id: c.id, reason: excluded(c.id).message });
    else cases.push({ ...c, label: rows.get(c.id)?.label ?? null });
  }
  const here = new Set([...found.cases, ...found.setAside].map(({ id }) => id));
  for (const { id, line } of rows.values()) {
    if (here.has(id)) continue;
    const reason = exclude.includes(id) ? excluded(id) : noCaseFolder(labels!, line, join(root, `BraTS2021_${id}`));
    setAside.push({ id, reason: reason.message });
  }
  return {
    root,
    description: `folder "${basename(resolve(root))}" in the BraTS 2021 layout`,
    train: cases.filter(({ label }) => label !== null),
    test: cases.filter(({ label }) => label === null),
    setAside: setAside.sort(byId),
  };
}

const release: BratsRelease = {
  name: 'BraTS 2021',
  caseFolder: /^BraTS2021_\d{5}$/,
  example: 'BraTS2021_00000',
  idOf: (folder) => folder.slice(-5),
};
