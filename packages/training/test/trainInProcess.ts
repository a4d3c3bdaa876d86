/** Trains the small model in a run folder, the only argument, and tells of every step; the process that the fault tests kill. */
import { fit } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { sha256, smallConfig, smallData, smallModel } from './smallRun.js';

const folder = process.argv[2]!;
const tell = (message: object) => process.stdout.write(JSON.stringify(message) + '\n');

await onCpu();
const model = smallModel();
const controller = new AbortController();
process.once('SIGTERM', () => controller.abort());
const { stopped } = await fit(model, smallData(), smallConfig, {
  folder,
  validation: smallData({ seed: 1 }),
  checkpointEverySteps: 3,
  signal: controller.signal,
  onEvent: ({ kind }) => tell({ kind }),
});
tell({ kind: 'end', stopped, sha256: sha256(model) });
