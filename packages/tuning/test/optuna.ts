import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrialRecord } from '../src/index.js';
import { readPythonJson } from '../src/journal/pythonJson.js';

/** What Optuna knows of a study, in our words. */
export interface OptunaStudy {
  readonly direction: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly best: number | null;
  readonly trials: readonly TrialRecord[];
}

const script = fileURLToPath(new URL('../../../tools/golden/tuning_journal.py', import.meta.url));
const hasOptuna = spawnSync('python3', ['-c', 'import optuna; assert optuna.__version__ >= "4"']).status === 0;

/** `it` where Python has Optuna; its name then says that it needs it. */
export const itWithOptuna = hasOptuna ? it : it.skip;

/** What the real Optuna reads in a journal. */
export function readByOptuna(path: string, name: string): OptunaStudy {
  return readAllByOptuna([path], name)[0]!;
}

/** What the real Optuna reads in each of several journals, of the study of this name. */
export function readAllByOptuna(paths: readonly string[], name: string): readonly OptunaStudy[] {
  const { status, stdout, stderr } = spawnSync('python3', [script, 'dump', name, ...paths], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return readPythonJson(stdout) as OptunaStudy[];
}

/** Lets the real Optuna run trials of (x - 2)^2 on a journal. */
export function runByOptuna(path: string, name: string, trials: number, lock: 'symlink' | 'open' = 'symlink'): Promise<void> {
  const child = spawn('python3', [script, 'run', path, name, String(trials), lock], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) =>
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`optuna: exit code ${code}`)))),
  );
}

/** The journal that Optuna made for us, and what it knew of its studies. */
export function goldenJournal(): { readonly journal: string; readonly studies: Readonly<Record<'main' | 'other', OptunaStudy>> } {
  const { journal, studies } = JSON.parse(readFileSync(new URL('golden/journal.json', import.meta.url), 'utf8')) as Record<string, string>;
  return { journal: journal!, studies: readPythonJson(studies!) as Record<'main' | 'other', OptunaStudy> };
}

/** A path in a new folder, with this content if any. */
export function journalPath(content?: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tuning-')), 'journal.log');
  if (content !== undefined) writeFileSync(path, content);
  return path;
}
