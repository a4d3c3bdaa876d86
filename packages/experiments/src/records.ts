import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type FindingCode, FINDING_KINDS, FINDINGS, MODALITIES, VENDORS } from '@mgmt/cohort';
import { MgmtError } from '@mgmt/core';
import { readLines, writeFileAtomic } from '@mgmt/core/files';

const binary = z.union([z.literal(0), z.literal(1)]);

/** One scored case of a run. */
const predictionSchema = z.object({
  set: z.enum(['train', 'validation', 'test']),
  id: z.string(),
  label: binary.nullable(),
  logit: z.number(),
  probability: z.number(),
});

const epochSchema = z
  .object({ epoch: z.number(), learningRate: z.number(), trainLoss: z.number(), validationLoss: z.number().nullable().optional() })
  .loose();

/** What `run.json` holds: enough to know what a run was, and to run it alone again. */
const runSchema = z.object({
  study: z.string(),
  run: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  /** Everything that decides the run's numbers beside data and machine. */
  config: z.record(z.string(), z.unknown()),
  data: z.object({ description: z.string(), fingerprint: z.string(), phantom: z.record(z.string(), z.unknown()).optional() }),
  seed: z.number(),
  command: z.string(),
  versions: z.record(z.string(), z.string()),
  /** What was computed with, and why with nothing better: nn's `BackendReport`. */
  backend: z
    .object({
      backend: z.string(),
      package: z.string().optional(),
      device: z.string(),
      versions: z.record(z.string(), z.string()),
      details: z.record(z.string(), z.string()).optional(),
      notTaken: z
        .array(z.object({ backend: z.string(), reason: z.string() }))
        .readonly()
        .optional(),
    })
    .loose(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  seconds: z.number().optional(),
  error: z.string().optional(),
});

const classCounts = z.object({ 0: z.number(), 1: z.number(), unknown: z.number() });
const planes = z.object({ axial: z.number(), coronal: z.number(), sagittal: z.number() });
const kinds = z.record(z.enum(FINDING_KINDS), z.number());

const finding = z.object({
  code: z.enum(Object.keys(FINDINGS) as FindingCode[]),
  kind: z.enum(FINDING_KINDS),
  of: z.enum([...MODALITIES, 'mask']),
  sentence: z.string(),
});

/** What was found when a study's cohort was looked at: what of a `CohortReport` its page shows. */
export const cohortLookSchema = z.object({
  counts: z.object({
    cases: z.number(),
    withFindings: z.number(),
    series: z.number(),
    masks: z.number(),
    files: z.number(),
    classes: classCounts,
    orientations: z.record(z.enum(MODALITIES), planes),
    findings: z.record(z.enum([...MODALITIES, 'mask']), kinds),
    vendors: z.partialRecord(z.enum(VENDORS), classCounts), // never what a header says, which may be anything
  }),
  /** Those with findings. */
  cases: z.array(z.object({ id: z.string(), findings: z.array(finding).readonly() })).readonly(),
});

/** The plan of the newest `mgmt run` of a study: which runs its page is made from. */
const planSchema = z.object({
  study: z.string(),
  profile: z.enum(['smoke', 'quick', 'paper']),
  runs: z.array(z.string()),
  cohort: z.object({
    description: z.string(),
    counts: z.object({
      training: z.tuple([z.number(), z.number()]),
      validation: z.tuple([z.number(), z.number()]),
      test: z.number(),
    }),
    setAside: z.array(z.object({ id: z.string(), reason: z.string() })).readonly(),
    signal: z.number().optional(),
    /** None where the data are no cohort of scans. */
    look: cohortLookSchema.optional(),
  }),
  command: z.string(),
});

/** One scored case of a run: a row of `predictions.csv`. */
export type Prediction = z.infer<typeof predictionSchema>;
/** One epoch of a run: a line of `metrics.jsonl`. */
export type EpochLine = z.infer<typeof epochSchema>;
/** What `run.json` holds. */
export type RunJson = z.infer<typeof runSchema>;
/** What was found of a cohort. */
export type CohortLook = z.infer<typeof cohortLookSchema>;
/** What `plan.json` holds. */
export type Plan = z.infer<typeof planSchema>;

/** A finished run as its page reads it. */
export interface RunRecord {
  readonly folder: string;
  readonly run: RunJson;
  readonly epochs: readonly EpochLine[];
  readonly predictions: readonly Prediction[];
}

export const writeRun = (folder: string, run: RunJson) => writeFileAtomic(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);

/** The `run.json` of a folder, or nothing where there is none. @throws `MgmtError` `experiments/bad-record` where it is no record of ours */
export const readRun = (folder: string): Promise<RunJson | undefined> => readJson(join(folder, 'run.json'), runSchema);

export const planFile = (out: string, study: string) => join(out, study, 'plan.json');
export const writePlan = (out: string, plan: Plan) => writeFileAtomic(planFile(out, plan.study), `${JSON.stringify(plan, null, 2)}\n`);
/** The newest plan of a study, or nothing where it was never run. @throws `MgmtError` `experiments/bad-record` */
export const readPlan = (out: string, study: string): Promise<Plan | undefined> => readJson(planFile(out, study), planSchema);

/**
 * The finished run of a folder with its curves and predictions, or nothing where the run is not finished.
 *
 * @throws `MgmtError` `experiments/bad-record`
 */
export async function readRecord(folder: string): Promise<RunRecord | undefined> {
  const run = await readRun(folder);
  if (run?.status !== 'done') return undefined;
  const [metrics, predictions] = [join(folder, 'metrics.jsonl'), join(folder, 'predictions.csv')];
  return {
    folder,
    run,
    epochs: await checked(metrics, async () => (await readLines(metrics)).map((line) => epochSchema.parse(line))),
    predictions: await checked(predictions, async () => parsePredictions(await readFile(predictions, 'utf8'))),
  };
}

async function checked<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw badRecord(path, 'a record that mgmt wrote', cause instanceof z.ZodError ? oneLine(cause) : (cause as Error).message);
  }
}

const oneLine = (error: z.ZodError) => z.prettifyError(error).replaceAll('\n', ' ');

/** The newest finished run below a results folder, of any study. */
export async function newestFinishedRun(out: string): Promise<string | undefined> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name === 'run.json').map((entry) => entry.parentPath);
  const finished = await Promise.all(files.map(async (folder) => ({ folder, run: await readRun(folder).catch(() => undefined) })));
  return finished.filter(({ run }) => run?.status === 'done').sort((a, b) => (a.run!.finishedAt! < b.run!.finishedAt! ? 1 : -1))[0]?.folder;
}

const HEADER = 'set,id,label,logit,probability';

export const writePredictions = (folder: string, predictions: readonly Prediction[]) =>
  writeFileAtomic(
    join(folder, 'predictions.csv'),
    [HEADER, ...predictions.map((p) => [p.set, p.id, p.label ?? '', p.logit, p.probability].join(','))].join('\n') + '\n',
  );

function parsePredictions(csv: string): Prediction[] {
  const [header, ...rows] = csv.trimEnd().split('\n');
  if (header !== HEADER) throw new Error(`the header ${header}, not ${HEADER}`);
  return rows.map((row) => {
    const [set, id, label, logit, probability] = row.split(',');
    return predictionSchema.parse({
      set,
      id,
      label: label === '' ? null : Number(label),
      logit: Number(logit),
      probability: Number(probability),
    });
  });
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  if (!(await stat(path).catch(() => undefined))) return undefined;
  const parsed = schema.safeParse(parseJson(await readFile(path, 'utf8')));
  if (!parsed.success) throw badRecord(path, 'a record that mgmt wrote', oneLine(parsed.error));
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const badRecord = (where: string, expected: string, found: string) =>
  new MgmtError('the record cannot be read', {
    code: 'experiments/bad-record',
    where,
    expected,
    found,
    hint: 'move its folder away; the run is done again',
  });
