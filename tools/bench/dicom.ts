/**
 * The time to read DICOM: one JSON line a task, in the form of the Python side of the comparison, for alternated runs side by side.
 *
 *   series          one case's series into fresh float32 voxels
 *   series-out      the same into memory that is used again
 *   series-workers  the same by two warm threads, into shared memory
 *   scan            headers of a cohort, files a second
 *   memory          one series into float32: the peak above the idle process, as a multiple of the volume's size
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/dicom.ts --work=DIR [--runs=7] [TASK ...]
 * DIR holds cases in the RSNA-MICCAI layout: train/00000/FLAIR/*.dcm
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSeries, scanSeries, startDicomWorkers } from '@mgmt/dicom-io';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const work = option('work');
if (!work) throw new Error('usage: dicom.ts --work=DIR [--runs=7] [TASK ...]');
const runs = Number(option('runs') ?? 7);
const cohort = join(work, 'train');
const folders = readdirSync(cohort).map((id) => join(cohort, id, 'FLAIR'));
const folder = (i: number) => folders[i % folders.length]!;
const slices = readdirSync(folder(0)).length;

const WARM_UPS = 12;

async function median(task: (i: number) => Promise<unknown>): Promise<number> {
  for (let i = 0; i < WARM_UPS; i++) await task(i); // compiled, in threads too, and in the system's cache
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await task(i);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1]!;
}

async function series(task: string, config: Parameters<typeof readSeries>[1]): Promise<object> {
  const ms = await median((i) => readSeries(folder(i), config));
  return { task, side: 'typescript', ms: Number(ms.toFixed(1)), slices_per_s: Math.round((slices / ms) * 1000) };
}

const voxelsOf = async (path: string) => (await scanSeries(path)).series[0]!.shape.reduce((a, b) => a * b, 1);

/** Kilobytes of memory: `VmRSS` now, `VmHWM` at the peak. Linux. */
const memory = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1]);

const TASKS: Readonly<Record<string, () => Promise<object>>> = {
  series: () => series('series', { float32: true }),
  async 'series-out'() {
    return series('series-out', { out: new Float32Array(await voxelsOf(folder(0))).fill(1) });
  },
  async 'series-workers'() {
    const workers = await startDicomWorkers({ threads: 2 });
    const out = new Float32Array(new SharedArrayBuffer(4 * (await voxelsOf(folder(0))))).fill(1);
    const result = await series('series-workers', { workers, out });
    await workers.close();
    return result;
  },
  async scan() {
    let files = 0;
    const ms = await median(async () => {
      const { series: found } = await scanSeries(cohort);
      files = found.reduce((sum, each) => sum + each.files.length, 0);
    });
    return { task: 'scan', side: 'typescript', files, ms: Number(ms.toFixed(1)), files_per_s: Math.round((files / ms) * 1000) };
  },
  async memory() {
    await scanSeries(folder(0));
    const idle = memory('VmRSS');
    const { volume } = await readSeries(folder(0), { float32: true });
    const above = (memory('VmHWM') - idle) * 1024;
    return {
      task: 'memory',
      side: 'typescript',
      idle_mb: idle >> 10,
      above_mb: above >> 20,
      of_volume: Number((above / volume.data.byteLength).toFixed(2)),
    };
  },
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const task of asked.length > 0 ? asked : Object.keys(TASKS)) console.log(JSON.stringify(await TASKS[task]!()));
