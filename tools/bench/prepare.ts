/**
 * The time and the memory to turn cases into a network's input, through the cache: one JSON line a task.
 *
 *   threads=N   cases a minute and peak memory over --cases cases by N threads (0: by this one), with an empty cache
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/prepare.ts --work=DIR [--cases=40] [--input=efficientnet-3d]
 *        [--threads=0]
 * DIR holds cases in the RSNA-MICCAI layout: train/00000/FLAIR/*.dcm. More cases than it holds are made of links to these, each a case of its own.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaseFiles, openArrayCache, prepareArrays } from '@mgmt/cohort';
import { type PaperInput, paperInputs } from '@mgmt/preprocess';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const work = option('work');
if (!work) throw new Error('usage: prepare.ts --work=DIR [--cases=40] [--input=efficientnet-3d] [--threads=0]');
const count = Number(option('cases') ?? 40);
const threads = Number(option('threads') ?? 0);
const input = (option('input') ?? 'efficientnet-3d') as PaperInput;

const there = readdirSync(join(work, 'train')).map((id) => join(work, 'train', id, 'FLAIR'));
const scratch = mkdtempSync(join(tmpdir(), 'prepare-'));
const cases = Array.from({ length: count }, (_, i): CaseFiles => {
  const id = String(i).padStart(5, '0');
  if (i < there.length) return { id, label: 0, series: { FLAIR: there[i]! } };
  const from = there[i % there.length]!;
  const folder = join(scratch, id);
  mkdirSync(folder);
  for (const name of readdirSync(from)) symlinkSync(join(from, name), join(folder, name));
  writeFileSync(join(folder, 'case.txt'), id); // another file: another case to the cache
  return { id, label: 0, series: { FLAIR: folder } };
});

const status = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))![1]);
const idle = status('VmRSS');
const start = performance.now();
const { ready, setAside } = await prepareArrays(openArrayCache(join(scratch, 'cache')), cases, paperInputs[input], { threads });
const seconds = (performance.now() - start) / 1000;
const facts = {
  ready: ready.length,
  setAside: setAside.length,
  seconds: Number(seconds.toFixed(1)),
  cases_per_minute: Math.round((ready.length / seconds) * 60),
};
console.log(
  JSON.stringify({ task: 'prepare', side: 'typescript', input, threads, ...facts, idle_mb: idle >> 10, peak_mb: status('VmHWM') >> 10 }),
);
rmSync(scratch, { recursive: true });
