import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { fit, type TrainingEvent } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { inFolder, sha256, smallConfig, smallData, smallModel } from './smallRun.js';
import { run, timeless } from './stoppedRun.js';

beforeAll(onCpu);

const checkpoints = async (folder: string) => (await readdir(join(folder, 'checkpoints'))).sort();

/** Fails once, then goes on as one that never failed. */
async function failsThenGoesOn(folder: string, failing: () => Promise<unknown>, reason: string, newest: string): Promise<void> {
  const whole = await run({});
  await expect(failing()).rejects.toThrow(reason);
  expect(await checkpoints(folder)).toContain(newest);
  const { model, result } = await run({ folder });
  expect(sha256(model)).toBe(sha256(whole.model));
  expect(timeless(result.history)).toEqual(timeless(whole.result.history));
}

describe('what was learned is saved', () => {
  it.each<[string, (event: TrainingEvent) => void]>([
    ['throws', (event) => event.kind === 'step' && event.step === 7 && raise('no room in the log')],
    ['rejects, being asynchronous', async (event) => event.kind === 'step' && event.step === 7 && raise('no room in the log')],
  ])('where a callback %s', (_how, onEvent) =>
    inFolder((folder) =>
      failsThenGoesOn(folder, () => run({ folder, onEvent }), 'no room in the log', 'epoch-0001-batch-00002.safetensors'),
    ),
  );

  it('where data cannot be read', () =>
    inFolder(async (folder) => {
      let loaded = 0;
      const data = smallData({ onLoad: () => ++loaded === 32 && raise('the disk is gone') }); // in the third batch of the second epoch
      await failsThenGoesOn(folder, () => run({ folder }, { data }), 'the disk is gone', 'epoch-0001-batch-00002.safetensors');
    }));

  it('where a metric fails, and then no step is done again', () =>
    inFolder(async (folder) => {
      const metrics = { mean: () => raise('a single class') };
      await expect(run({ folder, metrics })).rejects.toThrow('a single class');
      expect(await checkpoints(folder)).toEqual(['epoch-0000-batch-00005.safetensors']);
      const { events } = await run({ folder });
      expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(15);
    }));

  it('every so many seconds', () =>
    inFolder(async (folder) => {
      let ms = 0;
      const onEvent = ({ kind }: TrainingEvent) => kind === 'step' && (ms += 60_000);
      const { events } = await run({ folder, onEvent, now: () => ms, checkpointEverySeconds: 180 });
      const within = events.flatMap((event) => (event.kind === 'checkpoint' && event.position.batch > 0 ? [event.position] : []));
      expect(within.slice(0, 2)).toEqual([{ epoch: 0, batch: 4 }, { epoch: 1, batch: 2 }]); // prettier-ignore
    }));
});

describe('a stop', () => {
  it.each(['training', 'validation'])('does not wait for %s data that do not come', (which) =>
    inFolder(async (folder) => {
      const before = tf.memory().numTensors;
      const controller = new AbortController();
      const stuck = smallData({ seed: 1, onLoad: () => (controller.abort(), new Promise(() => undefined)) });
      const data = which === 'training' ? { data: stuck } : {};
      const { result, model } = await run(
        { folder, signal: controller.signal, ...(which === 'validation' && { validation: stuck }) },
        data,
      );
      expect(result).toMatchObject({ stopped: true, position: { epoch: 0, batch: which === 'training' ? 0 : 5 } });
      model.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }),
  );
});

describe('a device without memory for a step', () => {
  const MESSAGE =
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[4,4,4,4] and type float on /job:localhost/device:GPU:0';

  /** Lets the kernel of ReLU, given more inputs than a limit, fail as TensorFlow does. */
  async function limited<T>(inputs: number, action: () => Promise<T>): Promise<T> {
    const kernel = tf.getKernel('Relu', 'cpu');
    tf.unregisterKernel('Relu', 'cpu');
    const kernelFunc: tf.KernelFunc = (call) => {
      if ((call.inputs['x'] as tf.TensorInfo).shape[0]! > inputs) raise(MESSAGE);
      return kernel.kernelFunc(call);
    };
    tf.registerKernel({ ...kernel, kernelFunc });
    try {
      return await action();
    } finally {
      tf.unregisterKernel('Relu', 'cpu');
      tf.registerKernel(kernel);
    }
  }

  it('is told from other failures, with the number of inputs that fit and the part of the batch that does', () =>
    inFolder(async (folder) => {
      const model = smallModel();
      const before = tf.memory().numTensors;
      const trained = limited(1, () => fit(model, smallData(), smallConfig, { folder }));
      await expect(trained).rejects.toMatchObject({
        code: 'training/out-of-memory',
        where: 'a tensor of shape [4, 4, 4, 4]',
        expected: 'at most 1 at once',
        found: '4',
        hint: expect.stringContaining('microBatch: 1 in the config') as string,
      });
      expect(tf.memory().numTensors).toBe(before);
      expect(await checkpoints(folder)).toEqual([]); // the running statistics may have moved
      const parts = await limited(1, () => fit(smallModel(), smallData(), { ...smallConfig, microBatch: 1 }, { folder }));
      expect(parts.stopped).toBe(false);
    }));

  it('is said to be too small where not even one input fits', async () => {
    const trained = limited(0, () => fit(smallModel(), smallData(), smallConfig));
    await expect(trained).rejects.toMatchObject({
      code: 'training/out-of-memory',
      hint: expect.stringContaining('not even one fits') as string,
    });
  });
});

function raise(message: string): never {
  throw new Error(message);
}
