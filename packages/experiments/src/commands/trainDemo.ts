import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { selectBackend } from '@mgmt/nn';
import { phantomSource, prepareRunData } from '../data.js';
import { DEMO_PHANTOM, DEMO_RUN } from '../demo.js';
import { executeRun, runName } from '../executeRun.js';
import { longCommand } from '../longCommand.js';

/** `mgmt train-demo`: the network that this package carries, made again. */
export async function trainDemo({ out, cache }: { readonly out: string; readonly cache: string }): Promise<void> {
  await longCommand(async (progress, stop) => {
    const { signal, seed, ...size } = DEMO_PHANTOM;
    const source = await phantomSource(size, { signal, seed }, cache, progress, stop);
    const { data } = await prepareRunData(source, DEMO_RUN, cache, progress, stop);
    const backend = await selectBackend({ log: (line) => progress.say(line) });
    const folder = resolve(cache, 'demo');
    const request = {
      study: 'demonstration',
      profile: 'demo',
      config: DEMO_RUN,
      data,
      backend,
      folder,
      command: 'mgmt train-demo',
      signal: stop,
    };
    progress.phase('training', Math.ceil(data.train.length / DEMO_RUN.batchSize) * DEMO_RUN.training.epochs);
    const done = await executeRun({
      ...request,
      onEvent: (event) => event.kind === 'step' && progress.at(event.step, `epoch ${event.epoch}, loss ${event.loss.toFixed(3)}`),
    });
    if (!done) return;
    await mkdir(out, { recursive: true });
    for (const file of ['run.json', 'model.safetensors', 'metrics.jsonl', 'predictions.csv']) {
      await copyFile(join(folder, runName(request), file), join(out, file));
    }
    progress.end();
    console.log(resolve(out));
  });
}
