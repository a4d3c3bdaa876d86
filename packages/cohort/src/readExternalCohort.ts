import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isMgmtError, MgmtError } from '@mgmt/core';
import { byId } from './byId.js';
import { type ExternalCase, type ExternalCohort, MODALITIES, type Modality, type SetAside } from './cohort.js';
import { type CaseRow, type CaseTableColumns, type IdRule, readCaseTable } from './readCaseTable.js';
import { isFolder, listed, namesIn, namesOrError } from './folder.js';
import { excluded, noCaseFolder, noLabel, noSeries } from './setAsideReasons.js';

/** Where an external cohort keeps what. In every name, `{id}` stands for the id of the case. */
export interface ExternalCohortConfig {
  /** The table's path. */
  readonly table: string;
  readonly columns: CaseTableColumns;
  /** The name of a case's folder; `{id}` by default. */
  readonly caseFolder?: string;
  /**
   * The names, in a case's folder, under which a modality may lie: a folder of DICOM files or a NIfTI file. By default its own name, also with `.nii.gz` or
   * `.nii`.
   */
  readonly series?: Readonly<Partial<Record<Modality, readonly string[]>>>;
  /** The names under which a mask may lie. None by default. */
  readonly masks?: readonly string[];
  /** Ids to leave out. None by default. */
  readonly exclude?: readonly string[];
}

/**
 * The cases of another hospital or study: a flat folder with a folder for each case, and a table of labels. Only names are read here, no image.
 *
 * A case whose row has an empty label stays, without label: it can be predicted. A row without folder, a folder without row, a case without series or whose
 * folder cannot be read, and an excluded one are set aside with the reason.
 *
 * @param root - the folder that holds the cases'; the table may lie in it or elsewhere
 * @throws `MgmtError` `cohort/no-such-folder`, `cohort/not-a-folder`, `cohort/cannot-read`, `cohort/no-case` where no row has a folder, those of the table:
 * `cohort/cannot-read-labels`, `cohort/bad-label-file`, `cohort/bad-label-row`
 * @example
 * const external = await readExternalCohort('data/second-hospital', {
 *   table: 'data/second-hospital/clinical.csv',
 *   columns: { id: 'Patient', label: 'MGMT', site: 'Site', words: { 0: ['unmethylated'], 1: ['methylated'], unknown: ['indeterminate'] } },
 *   series: { T1wCE: ['{id}_T1GD.nii.gz'] },
 * });
 */
export async function readExternalCohort(root: string, config: ExternalCohortConfig): Promise<ExternalCohort> {
  const { table, columns, caseFolder = '{id}', exclude = [] } = config;
  const names = await namesIn(root);
  const rows = await readCaseTable(table, columns, fileNames);
  const cases: ExternalCase[] = [];
  const setAside: SetAside[] = [];
  const folders = new Set<string>();
  for (const row of rows) {
    const name = filled(caseFolder, row.id);
    const folder = join(root, name);
    folders.add(name);
    const found = exclude.includes(row.id)
      ? excluded(row.id)
      : (await isFolder(folder))
        ? await caseIn(folder, row, config)
        : noCaseFolder(table, row.line, folder);
    if ('code' in found) setAside.push({ id: row.id, reason: found.message });
    else cases.push(found);
  }
  const strangers: SetAside[] = [];
  for (const name of names.filter((name) => !folders.has(name))) {
    if (await isFolder(join(root, name))) strangers.push({ id: name, reason: noLabel(join(root, name), table).message });
  }
  if (rows.every(({ id }) => !names.includes(filled(caseFolder, id)))) throw noCase(root, table, caseFolder, rows, names);
  return {
    root,
    description: `folder "${basename(resolve(root))}", an external cohort`,
    cases: cases.sort(byId),
    setAside: [...setAside, ...strangers].sort(byId),
  };
}

const fileNames: IdRule = {
  expected: 'a name of letters, digits, ".", "_" and "-"',
  idOf: (field) => (/^\w[\w.-]{0,99}$/.test(field) ? field : undefined), // so that no id leads out of the folder
};

const filled = (template: string, id: string) => template.replaceAll('{id}', id);

async function caseIn(
  folder: string,
  { id, label, site }: CaseRow,
  { series, masks = [] }: ExternalCohortConfig,
): Promise<ExternalCase | MgmtError> {
  const first = async (templates: readonly string[]): Promise<string | undefined> => {
    for (const template of templates) {
      const path = join(folder, filled(template, id));
      if (await stat(path).catch(() => undefined)) return path;
    }
    return undefined;
  };
  const namesOf = (modality: Modality) => series?.[modality] ?? [modality, `${modality}.nii.gz`, `${modality}.nii`];
  const found: Partial<Record<Modality, string>> = {};
  for (const modality of MODALITIES) {
    const path = await first(namesOf(modality));
    if (path) found[modality] = path;
  }
  if (Object.keys(found).length === 0) {
    const names = await namesOrError(folder);
    const wanted = MODALITIES.flatMap(namesOf).map((name) => filled(name, id));
    return isMgmtError(names) ? names : noSeries(folder, `one of ${wanted.join(', ')}`);
  }
  const mask = await first(masks);
  return { id, label, series: found, ...(mask && { mask }), ...(site && { site }), external: true };
}

function noCase(root: string, table: string, caseFolder: string, rows: readonly CaseRow[], names: readonly string[]): MgmtError {
  return new MgmtError('no row of the table has a folder here', {
    code: 'cohort/no-case',
    where: root,
    expected: `folders named as the rows of ${table} say: ${
      rows
        .slice(0, 3)
        .map(({ id }) => filled(caseFolder, id))
        .join(', ') || 'it has none'
    }`,
    found: listed(names) || 'nothing',
    hint: `check the column of ids and caseFolder, or name another folder, as ${dirname(resolve(root))}`,
  });
}
