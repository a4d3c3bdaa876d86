import { hashText } from '@mgmt/core';
import type { LayersModel } from '@mgmt/nn';
import { fit, type FitOptions, type FitResult } from '@mgmt/training';
import { contrastiveModel } from './contrastiveModel.js';
import { checkTemperature } from './ntXent.js';
import { pretrainingConfig, type PretrainingConfig } from './pretrainingConfig.js';
import { twoViews, type UnlabeledImages } from './twoViews.js';

/** Options of {@link pretrain}: those of `fit` that make sense without labels. */
export type PretrainOptions = Pick<FitOptions, 'folder' | 'lock' | 'identity' | 'checkpointEverySteps' | 'signal' | 'onEvent' | 'now'>;

/**
 * Trains an encoder, in place, to know two views of one image among those of others. It is `fit` on another model: with a folder it survives
 * whatever happens and goes on with the same bits.
 *
 * @param encoder - images `[b, ...]` to features `[b, n]`, with the weights it shall start from; see `encoderOf`
 * @param images - without labels
 * @returns a record an epoch; its `trainLoss` is the mean NT-Xent, to be compared with `chanceNtXent(batchSize)`
 * @throws `MgmtError` `ssl-simclr/no-encoder`, `ssl-simclr/too-few-images`, `ssl-simclr/bad-temperature`; as `fit`
 * @remarks SimCLR: Chen et al. 2020, arXiv:2002.05709.
 * @example
 * const { history } = await pretrain(encoder, slices, { ...pretrainingConfig, microBatch: 128 }, { folder: 'results/pretraining' });
 */
export async function pretrain(
  encoder: LayersModel,
  images: UnlabeledImages,
  config: PretrainingConfig = pretrainingConfig,
  options: PretrainOptions = {},
): Promise<FitResult> {
  const { training, ...contrast } = config;
  const { temperature, microBatch, seed, projection } = contrast;
  checkTemperature(temperature);
  const batches = twoViews(images, config);
  const { model, disposeHead } = contrastiveModel(encoder, {
    temperature,
    projection: { ...projection, seed },
    ...(microBatch !== undefined && { microBatch }),
    ...(training.precision && { precision: training.precision }),
  });
  try {
    const identity = { contrast, images: images.ids.length, imagesHash: hashText(images.ids.join('\n')), given: options.identity };
    return await fit(model, batches, { ...training, loss: { kind: 'categorical-cross-entropy-with-logits' } }, { ...options, identity });
  } finally {
    disposeHead();
  }
}
