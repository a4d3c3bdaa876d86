import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { fit, type FitOptions, loadCheckpointWeights, type Metric, predict } from '../src/index.js';
import { onCpu } from './onCpu.js';
import { inFolder, sha256, smallConfig, smallData, smallModel } from './smallRun.js';

beforeAll(onCpu);

/** Metric of the epochs in turn, so that the second is the best. */
const rising = (): Metric => {
  const values = [0.6, 0.9, 0.7, 0.8];
  return () => values.shift()!;
};
const options = (folder?: string): FitOptions => ({
  ...(folder && { folder }),
  validation: smallData({ seed: 1 }),
  metrics: { auc: rising() },
  keep: { best: { metric: 'auc', direction: 'highest' } },
});

describe('the best epoch', () => {
  it('is named with its record and its checkpoint, which holds the weights of that epoch', () =>
    inFolder(async (folder) => {
      const model = smallModel();
      const weights: string[] = [];
      const onEvent: FitOptions['onEvent'] = ({ kind }) => kind === 'epoch' && weights.push(sha256(model));
      const { best } = await fit(model, smallData(), smallConfig, { ...options(folder), onEvent });
      expect(best).toMatchObject({ record: { epoch: 2, auc: 0.9 }, path: join(folder, 'checkpoints', 'epoch-0002.safetensors') });
      const other = smallModel();
      const before = tf.memory().numTensors;
      await expect(loadCheckpointWeights(other, best!.path!)).resolves.toEqual({ epoch: 2, batch: 0 });
      expect(tf.memory().numTensors).toBe(before);
      expect(sha256(other)).toBe(weights[1]);
    }));

  it('is known after a resume too, and without a folder has no path', () =>
    inFolder(async (folder) => {
      await fit(smallModel(), smallData(), smallConfig, options(folder));
      const again = await fit(smallModel(), smallData(), smallConfig, options(folder));
      expect(again.best).toMatchObject({ record: { epoch: 2 }, path: expect.stringContaining('epoch-0002') as string });
      const { best } = await fit(smallModel(), smallData(), smallConfig, options());
      expect(best).toEqual({ record: expect.objectContaining({ epoch: 2 }) as object });
    }));

  it('cannot be chosen by what no epoch has', async () => {
    const keep = { best: { metric: 'AUC', direction: 'highest' } } as const;
    await expect(fit(smallModel(), smallData(), smallConfig, { ...options(), keep })).rejects.toThrow(
      /training\/unknown-metric: keep\.best\.metric: .*\n {2}expected trainLoss, validationLoss, auc, found AUC/,
    );
  });
});

describe('loadCheckpointWeights', () => {
  const newest = async (folder: string) => join(folder, 'checkpoints', (await readdir(join(folder, 'checkpoints'))).sort().at(-1)!);

  it('gives the mean of the weights where it is asked for, by which the run was validated', () =>
    inFolder(async (folder) => {
      const config = { ...smallConfig, average: { decay: 0.5 } };
      const model = smallModel();
      const { history } = await fit(model, smallData(), config, { folder, validation: smallData({ seed: 1 }) });
      const { validationLoss, 'average/validationLoss': averageLoss } = history.at(-1)!;
      const lossOf = async (weights: 'last' | 'average') => {
        await loadCheckpointWeights(model, await newest(folder), weights);
        const { logits, ids } = await predict(model, smallData({ seed: 1 }));
        const losses = ids.map((id, i) => Math.log1p(Math.exp(Number(id) % 2 === 1 ? -logits[i]! : logits[i]!)));
        return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      };
      expect(await lossOf('last')).toBeCloseTo(validationLoss!, 6);
      expect(await lossOf('average')).toBeCloseTo(averageLoss!, 6);
      expect(averageLoss).not.toBeCloseTo(validationLoss!, 6);
    }));

  it('refuses another model, a mean that was not kept and a damaged file, and leaves the model as it was', () =>
    inFolder(async (folder) => {
      await fit(smallModel(), smallData(), { ...smallConfig, epochs: 1 }, { folder });
      const path = await newest(folder);
      const other = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2 })] });
      const before = sha256(other);
      await expect(loadCheckpointWeights(other, path)).rejects.toMatchObject({
        code: 'training/other-model',
        expected: '[3, 2]',
        found: '[3, 3, 1, 4]',
      });
      await expect(loadCheckpointWeights(smallModel(), path, 'average')).rejects.toMatchObject({ code: 'training/no-average' });
      await truncate(path, 500);
      await expect(loadCheckpointWeights(other, path)).rejects.toMatchObject({ code: 'training/damaged-checkpoint' });
      expect(sha256(other)).toBe(before);
    }));
});
