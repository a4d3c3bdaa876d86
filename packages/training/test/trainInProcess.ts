/** Trains a small model with dropout in a run folder, the only argument, and tells of every event; the process that the fault tests stop and kill. */
import { env } from '@tensorflow/tfjs';
import { isMgmtError } from '@mgmt/core';
import { fit, stopOnSignals } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { droppingModel, sha256, smallConfig, smallData } from './smallRun.js';

const folder = process.argv[2]!;
const tell = (message: object) => process.stdout.write(JSON.stringify(message) + '\n');

await onCpu();
env().set('IS_TEST', false); // it takes what a custom gradient saves for a leak
const model = droppingModel();
const stop = stopOnSignals({ onStop: (name) => tell({ kind: name }) });
try {
  const { stopped } = await fit(model, smallData(), smallConfig, {
    folder,
    validation: smallData({ seed: 1 }),
    checkpointEverySteps: 3,
    signal: stop.signal,
    onEvent: ({ kind }) => tell({ kind }),
  });
  tell({ kind: 'end', stopped, sha256: sha256(model) });
} catch (error) {
  tell({ kind: 'failed', message: isMgmtError(error) ? error.message : String(error) });
}
stop.release();
