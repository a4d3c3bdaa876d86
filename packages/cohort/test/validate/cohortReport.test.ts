import { renderPage, type Section } from '@mgmt/report';
import { cohortReportSection, cohortReportText, type CohortReport } from '../../src/index.js';

const report: CohortReport = {
  version: 1,
  cohort: 'folder "rsna" in the RSNA-MICCAI layout',
  counts: {
    cases: 3,
    withFindings: 1,
    series: 4,
    masks: 1,
    files: 120,
    classes: { 0: 1, 1: 1, unknown: 1 },
    orientations: {
      FLAIR: { axial: 2, coronal: 1, sagittal: 0 },
      T1w: { axial: 0, coronal: 0, sagittal: 0 },
      T1wCE: { axial: 0, coronal: 0, sagittal: 1 },
      T2w: { axial: 0, coronal: 0, sagittal: 0 },
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
3 cases (1 of class 0, 1 of class 1, 1 without label), 4 series, 1 masks, 120 files
  FLAIR  2 axial, 1 coronal, 0 sagittal
  T1w    0 axial, 0 coronal, 0 sagittal
  T1wCE  0 axial, 0 coronal, 1 sagittal
  T2w    0 axial, 0 coronal, 0 sagittal
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
    for (const cell of ['Siemens', 'all voxels are 0', '00109', 'sagittal']) expect(page).toContain(cell);
  });

  it('has as many cells in a row as columns', () => {
    const { blocks } = cohortReportSection(report);
    for (const { columns, rows } of blocks) for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(blocks.map(({ rows }) => rows.length)).toEqual([3, 4, 1, 1]);
  });
});
