import { join } from 'node:path';
import { cohortReportSection } from '@mgmt/cohort';
import { MgmtError, stableJson } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { type Page, pageFigures, pageTables, renderMarkdownSummary, renderPage, type Section, tableToCsv } from '@mgmt/report';
import { backendText } from './backendText.js';
import { checklistSection } from './checklists/checklistSection.js';
import { PAPER } from './paper.js';
import { type Plan, readPlan, readRecord, readRun, type RunJson, type RunRecord } from './records.js';
import type { Findings, Study } from './study.js';

interface Reported {
  readonly study: Study;
  readonly plan: Plan;
  readonly records: readonly RunRecord[];
  /** Runs of the plan that are not finished, with what is known of them. */
  readonly missing: readonly { readonly run: string; readonly reason: string }[];
  readonly findings: Findings;
}

/**
 * Writes `report/` from what stands in the run folders: `index.html`, `results.json`, `summary.md`, `figures/*.svg`, and `data/*.csv` of
 * every figure and table. Nothing is computed that the records do not hold, so the same records give the same bytes.
 *
 * @returns the path of the page
 * @throws `MgmtError` `experiments/nothing-to-report` where no run of these studies is finished
 */
export async function writeReport(out: string, studies: readonly Study[]): Promise<string> {
  const reported = (await Promise.all(studies.map((study) => readStudy(out, study)))).flatMap((found) => found ?? []);
  if (reported.length === 0) {
    throw new MgmtError('there is no finished run to report', {
      code: 'experiments/nothing-to-report',
      where: out,
      expected: `a finished run of ${studies.map((study) => study.name).join(', ')}`,
      hint: 'run "mgmt run" first, or name the folder that it wrote to with --out',
    });
  }
  const page = pageOf(reported);
  const folder = join(out, 'report');
  for (const { id, svg } of pageFigures(page)) await writeFileAtomic(join(folder, 'figures', `${id}.svg`), svg);
  for (const { name, table } of pageTables(page)) await writeFileAtomic(join(folder, 'data', `${name}.csv`), tableToCsv(table));
  await writeFileAtomic(join(folder, 'results.json'), `${JSON.stringify(resultsOf(reported), null, 2)}\n`);
  await writeFileAtomic(join(folder, 'summary.md'), renderMarkdownSummary(page));
  await writeFileAtomic(join(folder, 'index.html'), renderPage(page));
  return join(folder, 'index.html');
}

async function readStudy(out: string, study: Study): Promise<Reported | undefined> {
  const plan = await readPlan(out, study.name);
  if (!plan) return undefined;
  const records: RunRecord[] = [];
  const missing: { run: string; reason: string }[] = [];
  for (const run of plan.runs) {
    const folder = join(out, study.name, run);
    const record = await readRecord(folder);
    if (record) records.push(record);
    else missing.push({ run, reason: reasonOf(await readRun(folder)) });
  }
  return records.length > 0 ? { study, plan, records, missing, findings: study.findings(records, plan) } : undefined;
}

const reasonOf = (run: RunJson | undefined) => (run?.status === 'failed' ? (run.error ?? 'failed') : run ? 'not finished' : 'not begun');

function pageOf(reported: readonly Reported[]): Page {
  const [first] = reported as [Reported, ...Reported[]];
  const { run } = newest(first.records);
  return {
    title: 'Can deep learning read MGMT promoter methylation from brain MRI?',
    provenance: {
      data: first.plan.cohort.description,
      version: `mgmt ${run.versions['mgmt']}`,
      backend: backendText(run.backend),
      when: run.finishedAt!,
    },
    answer: { headline: first.findings.headline, detail: first.findings.detail, numbers: first.findings.numbers },
    sections: [
      ...reported.flatMap(({ findings }) => findings.sections),
      casesSection(reported),
      ...cohortSections(reported),
      methodsSection(reported),
      environmentSection(reported),
      checklistSection(reported.map(({ plan, records }) => ({ plan, records }))),
    ],
  };
}

function casesSection(reported: readonly Reported[]): Section {
  const [{ plan }] = reported as [Reported];
  const { counts, setAside } = plan.cohort;
  return {
    id: 'cases',
    heading: 'Cases',
    blocks: [
      {
        kind: 'paragraph',
        text: `${counts.training[0] + counts.training[1]} cases trained, ${counts.validation[0] + counts.validation[1]} validated, ${counts.test} have no label. ${setAside.length === 0 ? 'No case was set aside.' : `${setAside.length} were set aside.`}`,
      },
      {
        kind: 'table',
        caption: 'Cases that were set aside, with the reason.',
        columns: [{ name: 'Case' }, { name: 'Reason' }],
        rows: setAside.map(({ id, reason }) => [id, reason]),
        empty: 'None.',
      },
    ],
  };
}

/** What was found of each cohort when it was looked at, once for those that studies share. Who was set aside stands under `Cases`. */
function cohortSections(reported: readonly Reported[]): Section[] {
  const looks = new Map(
    reported.flatMap(({ plan: { cohort } }) =>
      cohort.look ? [[stableJson(cohort.look), { ...cohort.look, cohort: cohort.description }] as const] : [],
    ),
  );
  return [...looks.values()].map((look, i) => ({
    ...cohortReportSection({ ...look, setAside: [] }),
    ...(looks.size > 1 ? { id: `cohort-${i + 1}` } : { heading: 'The data' }),
  }));
}

function methodsSection(reported: readonly Reported[]): Section {
  return {
    id: 'methods',
    heading: 'Methods',
    blocks: reported.flatMap(({ study, records, plan }) => [
      { kind: 'heading' as const, text: `${study.title} (${study.reproduces})` },
      { kind: 'paragraph' as const, text: methodsOf(records[0]!.run, plan) },
      {
        kind: 'details' as const,
        summary: 'The config of its first run, word for word',
        blocks: [{ kind: 'code' as const, text: JSON.stringify(records[0]!.run.config, null, 2) }],
      },
    ]),
  };
}

/** Filled from the record, so that it says what was done, not what was meant. */
function methodsOf({ config }: RunJson, plan: Plan): string {
  const { modality, input, batchSize, training, validationShare, model } = config as unknown as {
    modality: string;
    input: { slices: number; rows: number; columns: number; sliceSpacingMm?: number };
    batchSize: number;
    validationShare: number;
    model: { kind: string; width: number };
    training: {
      epochs: number;
      optimizer: { kind: string; learningRate: number };
      schedule: { kind: string; factor?: number; atEpochs?: number[] };
    };
  };
  const steps = (training.schedule.atEpochs ?? []).filter((epoch) => epoch < training.epochs);
  return [
    `Each case's ${modality} series was read from DICOM, brought to axial orientation, cut to ${input.slices} slices${input.sliceSpacingMm ? ` about ${input.sliceSpacingMm} mm apart` : ''} around the largest section of the brain, scaled slice by slice to [0, 1] and resized to ${input.rows} x ${input.columns}.`,
    `${Math.round(validationShare * 100)} % of each class validate, drawn by patient, the same for all seeds.`,
    `The network (${model.kind}, ${model.width} channels in its first stage) was trained from random weights with ${training.optimizer.kind} at ${training.optimizer.learningRate}, batches of ${batchSize}, ${training.epochs} epochs${steps.length > 0 ? `, the learning rate times ${training.schedule.factor} at epoch ${steps.join(' and ')}` : ''}, without augmentation.`,
    `The last epoch is the result. Intervals of single networks are DeLong's; that of the mean resamples patients within their class, all seeds together.`,
    plan.profile === 'paper'
      ? `Sizes and epochs are the paper’s; it trained with ${PAPER.resnet10Seeds} seeds.`
      : `The profile "${plan.profile}" has smaller images and fewer epochs than the paper.`,
  ].join(' ');
}

function environmentSection(reported: readonly Reported[]): Section {
  const [{ records }] = reported as [Reported];
  const { run } = newest(records);
  const seconds = records.reduce((sum, record) => sum + (record.run.seconds ?? 0), 0);
  const missing = reported.flatMap((each) => each.missing);
  return {
    id: 'environment',
    heading: 'How to run it again',
    blocks: [
      { kind: 'code', text: reported.map(({ plan }) => plan.command).join('\n') },
      {
        kind: 'definitions',
        items: [
          { term: 'Backend', definition: [...new Set(records.map((record) => backendText(record.run.backend)))].join('; ') },
          ...Object.entries(run.versions).map(([term, definition]) => ({ term, definition })),
          { term: 'Time', definition: `${Math.round(seconds)} s in ${records.length} runs` },
        ],
      },
      {
        kind: 'table',
        caption: 'The runs that this page is made from; each folder holds its record, curves, predictions and weights.',
        columns: [{ name: 'Run' }, { name: 'Seconds', digits: 0 }, { name: 'Finished' }],
        rows: reported.flatMap((each) =>
          each.records.map((record) => [`${each.study.name}/${record.run.run}`, record.run.seconds ?? null, record.run.finishedAt ?? null]),
        ),
      },
      ...(missing.length > 0
        ? [
            {
              kind: 'table' as const,
              caption: 'Runs of the plan that are not on this page.',
              columns: [{ name: 'Run' }, { name: 'Reason' }],
              rows: missing.map(({ run: name, reason }) => [name, reason]),
            },
          ]
        : []),
    ],
  };
}

const newest = (records: readonly RunRecord[]) => records.reduce((a, b) => (a.run.finishedAt! >= b.run.finishedAt! ? a : b));

function resultsOf(reported: readonly Reported[]): Record<string, unknown> {
  return {
    $schema: 'https://github.com/mgmt-imaging/mgmt/blob/main/docs/schema/results-1.json',
    schemaVersion: 1,
    studies: reported.map(({ study, plan, findings, missing, records }) => ({
      name: study.name,
      reproduces: study.reproduces,
      profile: plan.profile,
      data: plan.cohort,
      command: plan.command,
      versions: records[0]!.run.versions,
      runs: records.map(({ run }) => ({
        run: run.run,
        seed: run.seed,
        backend: run.backend,
        seconds: run.seconds,
        finishedAt: run.finishedAt,
      })),
      results: findings.results,
      missing,
    })),
  };
}
