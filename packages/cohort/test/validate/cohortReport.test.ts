import { renderPage, type Section } from '@mgmt/report';
import { cohortReportSection, cohortReportText, type CohortReport, type ReportTable } from '../../src/index.js';

const report: CohortReport = {
  version: 1,
  cohort: 'folder "rsna" in the RSNA-MICCAI layout',
  counts: {
    cases: 3,
    withFindings: 1,
    series: 4,
    masks: 1,
    files: 1200,
    classes: { 0: 1, 1: 1, unknown: 1 },
    orientations: {
      FLAIR: { axial: 2, coronal: 1, sagittal: 0 },
      T1w: { axial: 0, coronal: 0, sagittal: 0 },
      T1wCE: { axial: 0, coronal: 0, sagittal: 1 },
      T2w: { axial: 0, coronal: 0, sagittal: 0 },
    },
    findings: {
      FLAIR: { missing: 0, unreadable: 0, inconsistent: 1, duplicated: 0 },
      T1w: { missing: 2, unreadable: 1, inconsistent: 0, duplicated: 0 },
      T1wCE: { missing: 0, unreadable: 0, inconsistent: 0, duplicated: 0 },
      T2w: { missing: 0, unreadable: 0, inconsistent: 0, duplicated: 0 },
      mask: { missing: 0, unreadable: 0, inconsistent: 0, duplicated: 3 },
    },
    vendors: { Siemens: { 0: 1, 1: 1, unknown: 0 }, 'not said': { 0: 0, 1: 0, unknown: 1 } },
  },
  cases: [
    { id: '00001', label: 1, series: {}, findings: [] },
    {
      id: '00002',
      label: 0,
      series: {},
      findings: [{ code: 'dark', kind: 'inconsistent', of: 'FLAIR', sentence: 'all voxels are 0' }],
    },
    { id: '00003', label: null, series: {}, findings: [] },
  ],
  setAside: [{ id: '00109', reason: 'cohort/excluded: excluded by its id\n  hint: none' }],
};

describe('cohortReportText', () => {
  it('tells counts, findings and what was set aside', () => {
    expect(cohortReportText(report)).toBe(`folder "rsna" in the RSNA-MICCAI layout
3 cases (1 of class 0, 1 of class 1, 1 without label), 4 series, 1 masks, 1,200 files
  FLAIR  2 axial, 1 coronal, 0 sagittal; 1 inconsistent
  T1w    0 axial, 0 coronal, 0 sagittal; 2 missing, 1 unreadable
  T1wCE  0 axial, 0 coronal, 1 sagittal
  T2w    0 axial, 0 coronal, 0 sagittal
  mask   1; 3 duplicated
  Siemens: 1 of class 0, 1 of class 1, 0 without label
  not said: 0 of class 0, 0 of class 1, 1 without label
1 cases with findings, 2 without
  00002 FLAIR: inconsistent, dark: all voxels are 0
1 set aside
  00109: cohort/excluded: excluded by its id
      hint: none`);
  });
});

describe('cohortReportSection', () => {
  it('is a section that @mgmt/report draws', () => {
    const section: Section = cohortReportSection(report);
    const page = renderPage({
      title: 'Data',
      provenance: { data: 'none', version: 'mgmt 0.0.0', backend: 'none', when: '2026-01-01T00:00:00Z' },
      answer: { headline: 'None.', detail: '' },
      sections: [section],
    });
    for (const cell of ['Siemens', 'all voxels are 0', '00109', 'Sagittal']) expect(page).toContain(cell);
  });

  const tablesOf = (shown: CohortReport) =>
    cohortReportSection(shown).blocks.filter((block): block is ReportTable => block.kind === 'table');

  it('has as many cells in a row as columns', () => {
    const tables = tablesOf(report);
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(tables.map(({ rows }) => rows.length)).toEqual([5, 3, 5, 1, 1]);
  });

  it('tells of each image how much there is, and what is wrong with it', () => {
    const [there, , wrong] = tablesOf(report) as [ReportTable, ReportTable, ReportTable];
    expect(there.rows[0]).toEqual(['FLAIR', 3, 2, 1, 0]);
    expect(there.rows[4]).toEqual(['mask', 1, null, null, null]);
    expect(wrong.columns.map(({ name }) => name).join()).toBe('Image,Missing,Unreadable,Inconsistent,Duplicated');
    expect(wrong.rows[1]).toEqual(['T1w', 2, 1, 0, 0]);
    expect(wrong.rows[4]).toEqual(['mask', 0, 0, 0, 3]);
  });

  it('has no table of findings, nor of cases set aside, where there are none', () => {
    const good = { ...report, cases: report.cases.filter(({ findings }) => findings.length === 0), setAside: [] };
    expect(tablesOf(good)).toHaveLength(3);
  });

  it('shows the first of very many findings, and says how many there are', () => {
    const bad = Array.from({ length: 205 }, (_, i) => ({ ...report.cases[1]!, id: String(i) }));
    const { caption, rows } = tablesOf({ ...report, cases: bad })[3]!;
    expect([caption, rows.length, rows[199]![0]]).toEqual(['The first 200 of 205 findings; the report itself lists them all.', 200, '199']);
  });

  it('says in words whether something is wrong', () => {
    const words = (withFindings: number) =>
      JSON.stringify(cohortReportSection({ ...report, counts: { ...report.counts, withFindings } }).blocks[0]);
    expect(words(1)).toContain('Something is wrong with 1 of the cases.');
    expect(words(0)).toContain('Nothing was found wrong.');
  });
});
