import { resolve } from 'node:path';
import { phantomConfig, type Shortcut, type SignalFeature, writePhantomCohort } from '@mgmt/cohort';
import { longCommand } from '../longCommand.js';

export interface PhantomOptions {
  readonly cases: number;
  readonly testCases: number;
  readonly size?: readonly [number, number, number];
  readonly signal: number;
  readonly signalFeatures?: readonly SignalFeature[];
  readonly shortcut?: Shortcut['by'];
  readonly shortcutStrength: number;
  readonly seed: number;
}

/** `mgmt phantom`: writes a cohort that looks like the real one on disk. */
export async function phantom(folder: string, options: PhantomOptions): Promise<void> {
  const { cases, testCases, size, signal, signalFeatures, shortcut, shortcutStrength, seed } = options;
  const config = phantomConfig({
    cases,
    testCases,
    signal,
    seed,
    ...(size && { shape: size }),
    ...(signalFeatures && { signalFeatures }),
    ...(shortcut && { shortcut: { by: shortcut, strength: shortcutStrength } }),
  });
  await longCommand(async (progress, stop) => {
    progress.phase('phantom cohort', cases + testCases);
    await writePhantomCohort(folder, config, {
      onProgress({ done }) {
        stop.throwIfAborted();
        progress.at(done);
      },
    });
    progress.end();
    console.log(`${resolve(folder)}: ${cases} labeled cases, ${testCases} without label, signal ${signal}, seed ${seed}`);
  });
}
