import { availableParallelism, freemem, totalmem } from 'node:os';
import { describeCohort, readRsnaCohort } from '@mgmt/cohort';
import { isMgmtError } from '@mgmt/core';
import { type BackendReport, selectBackend } from '@mgmt/nn';
import { backendText } from '../backendText.js';
import { type BackendBench, benchBackends } from '../bench/benchBackends.js';
import { benchText } from '../bench/benchText.js';
import { VERSIONS } from '../versions.js';

export interface DoctorOptions {
  readonly data?: string;
  readonly json?: boolean;
  /** Time training steps on every backend that the machine has. */
  readonly bench?: boolean;
}

interface Diagnosis {
  readonly versions: Readonly<Record<string, string>>;
  readonly backend: BackendReport | { readonly error: string };
  readonly memoryGb: { readonly total: number; readonly free: number };
  readonly cores: number;
  readonly data: string;
  readonly missing: readonly { readonly what: string; readonly how: string }[];
  readonly bench?: readonly BackendBench[];
}

/** `mgmt doctor`: what would compute, on what data, and what is missing. */
export async function doctor({ data, json, bench }: DoctorOptions): Promise<void> {
  const backend = await selectBackend().catch((error: unknown) => ({ error: isMgmtError(error) ? error.message : String(error) }));
  const found = data ? await lookAt(data) : { text: 'none named: studies run on the embedded phantom cohort', missing: REAL_DATA };
  const diagnosis: Diagnosis = {
    versions: VERSIONS,
    backend,
    memoryGb: { total: gigabytes(totalmem()), free: gigabytes(freemem()) },
    cores: availableParallelism(),
    data: found.text,
    missing: [...missingFor(backend), ...found.missing],
    ...(bench && { bench: await benchBackends([...process.execArgv, process.argv[1]!], (line) => console.error(line)) }),
  };
  console.log(json ? JSON.stringify(diagnosis, null, 2) : asText(diagnosis));
  if ('error' in backend || (data && found.failed)) process.exitCode = 1;
}

async function lookAt(folder: string): Promise<{ text: string; missing: Diagnosis['missing']; failed?: boolean }> {
  try {
    const cohort = await readRsnaCohort(folder);
    const aside = cohort.setAside.slice(0, 10).map(({ id, reason }) => `\n    ${id}: ${reason.replaceAll('\n', '\n    ')}`);
    return {
      text: describeCohort(cohort) + aside.join('') + (cohort.setAside.length > 10 ? `\n    and ${cohort.setAside.length - 10} more` : ''),
      missing: [],
    };
  } catch (error) {
    if (!isMgmtError(error)) throw error;
    return { text: error.message, missing: [], failed: true };
  }
}

const REAL_DATA = [
  {
    what: 'the brain scans of the paper',
    how: "the RSNA-MICCAI Brain Tumor Radiogenomic Classification data (Kaggle, or TCIA's BraTS 2021) may not be passed on: fetch them there, then give their folder with --data",
  },
];

function missingFor(backend: Diagnosis['backend']): Diagnosis['missing'] {
  if ('error' in backend || backend.backend.startsWith('tensorflow')) return [];
  return [{ what: 'the fast native backend', how: 'npx @mgmt/tfjs-native install (it says what it lacks)' }];
}

function asText({ versions, backend, memoryGb, cores, data, missing, bench }: Diagnosis): string {
  return [
    `mgmt      ${versions['mgmt']}, Node ${versions['node']}, TensorFlow.js ${versions['tfjs']}`,
    ...('error' in backend
      ? [`backend   none: ${backend.error}`]
      : [
          `backend   ${backendText(backend)}`,
          ...detailsOf(backend),
          ...backend.notTaken.map(({ backend: name, reason }) => `          not ${name}: ${reason}`),
        ]),
    `memory    ${memoryGb.free.toFixed(1)} of ${memoryGb.total.toFixed(1)} GB free, ${cores} cores`,
    `data      ${data}`,
    ...missing.map(({ what, how }) => `missing   ${what}\n          ${how}`),
    ...(bench ? [benchText(bench)] : []),
  ].join('\n');
}

function detailsOf({ details }: BackendReport): string[] {
  const words = Object.entries(details).map(([name, value]) => `${name} ${value}`);
  return words.length > 0 ? [`          ${words.join(', ')}`] : [];
}

const gigabytes = (bytes: number) => Math.round((bytes / 1e9) * 10) / 10;
