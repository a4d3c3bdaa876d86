/**
 * The time, memory and disk of writing a phantom cohort: one JSON line, with what larger cohorts of the same shape come to.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/phantom.ts [--cases=5] [--shape=100,512,512] [--work=DIR]
 * Cases are written to a new folder in DIR (the system's temporary folder by default), which is removed at the end.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phantomConfig, writePhantomCohort } from '@mgmt/cohort';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const cases = Number(option('cases') ?? 5);
const [slices, rows, columns] = (option('shape') ?? '100,512,512').split(',').map(Number) as [number, number, number];
const config = phantomConfig({ cases, testCases: 0, shape: [slices, rows, columns] });

const folder = await mkdtemp(join(option('work') ?? tmpdir(), 'phantom-bench-'));
const wall: number[] = [];
const cpu: number[] = [];
const begin = performance.now();
let [time, used] = [begin, process.cpuUsage()];
await writePhantomCohort(join(folder, 'cohort'), config, {
  onProgress() {
    const { user, system } = process.cpuUsage(used);
    wall.push((performance.now() - time) / 1000);
    cpu.push((user + system) / 1e6);
    [time, used] = [performance.now(), process.cpuUsage()];
  },
});
const seconds = (performance.now() - begin) / 1000;
const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
const bytes = sizes.reduce((sum, size) => sum + size, 0);
await rm(folder, { recursive: true });

const cohortOf = (count: number) => ({
  cases: count,
  wall_h: round((count * median(wall)) / 3600),
  cpu_h: round((count * median(cpu)) / 3600),
  disk_gb: round(((count / cases) * bytes) / 1e9),
  files: Math.round((count / cases) * files.length),
});
const line = {
  shape: config.shape,
  cases,
  node: process.version,
  seconds: round(seconds),
  wall_s_a_case: round(median(wall)),
  cpu_s_a_case: round(median(cpu)),
  cases_a_minute: round(60 / median(wall)),
  peak_rss_mb: process.resourceUsage().maxRSS >> 10,
  mb_a_case: round(bytes / cases / 1e6),
  would_be: [585, 1000].map(cohortOf),
};
process.stdout.write(`${JSON.stringify(line)}\n`);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
