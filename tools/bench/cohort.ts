/**
 * The time and memory to validate a cohort: one JSON line a task.
 *
 *   make      a tree in the RSNA-MICCAI layout, written where it is not there yet: tiny images, each series different
 *   validate  every header of it, files a second, and the peak of the process's memory
 *   scan      the same headers by dicom-io alone, series by series: what is left to gain
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/cohort.ts --work=DIR
 *   [--cases=300] [--slices=34] [--runs=3] [TASK ...]
 * The compiler of the sources takes most of `idle_mb`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesOf, readRsnaCohort, validateCohort } from '@mgmt/cohort';
import { rng, volume } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { scanSeries, writeSeries } from '@mgmt/dicom-io';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const work = option('work');
if (!work) throw new Error('usage: cohort.ts --work=DIR [--cases=300] [--slices=34] [--runs=3] [TASK ...]');
const [cases, slices, runs] = [Number(option('cases') ?? 300), Number(option('slices') ?? 34), Number(option('runs') ?? 3)];

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Megabytes of memory: `VmRSS` now, `VmHWM` at the peak. Linux. */
const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1]) >> 10;

async function timed(task: string, run: () => Promise<number>): Promise<object> {
  const times: number[] = [];
  const cpu: number[] = [];
  const idle = megabytes('VmRSS');
  let files = 0;
  for (let i = 0; i <= runs; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    files = await run();
    if (i === 0) continue; // it fills the system's cache
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  const ms = median(times);
  return {
    task,
    files,
    ms: Math.round(ms),
    files_per_s: Math.round((files / ms) * 1000),
    cpu_ms: Math.round(median(cpu)),
    idle_mb: idle,
    peak_mb: megabytes('VmHWM'),
  };
}

const TASKS: Readonly<Record<string, () => Promise<object>>> = {
  async make() {
    const labels = join(work, 'train_labels.csv');
    if (existsSync(labels)) return { task: 'make', files: 0 };
    const rows: string[] = [];
    for (let i = 0; i < cases; i++) {
      const id = String(i).padStart(5, '0');
      for (const modality of ['FLAIR', 'T1w', 'T1wCE', 'T2w']) {
        const noise = rng(i).child(modality);
        const voxels = Int16Array.from({ length: slices * 64 }, () => noise.integer(0, 999));
        const config = { patientId: id, seriesDescription: modality, manufacturer: 'SIEMENS' };
        await writeSeries(join(work, 'train', id, modality), volume(voxels, [slices, 8, 8]), config);
      }
      rows.push(`${id},${i % 2}\n`);
    }
    await writeFileAtomic(labels, 'BraTS21ID,MGMT_value\n' + rows.join(''));
    return { task: 'make', files: cases * 4 * slices };
  },
  async validate() {
    const cohort = await readRsnaCohort(work);
    return timed('validate', async () => (await validateCohort(cohort)).counts.files);
  },
  async scan() {
    const folders = casesOf(await readRsnaCohort(work)).flatMap(({ series }) => Object.values(series));
    return timed('scan', async () => {
      let files = 0;
      for (const folder of folders) for (const one of (await scanSeries(folder)).series) files += one.files.length;
      return files;
    });
  },
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const task of asked.length > 0 ? asked : Object.keys(TASKS)) console.log(JSON.stringify(await TASKS[task]!()));
