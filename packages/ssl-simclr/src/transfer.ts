import { join } from 'node:path';
import { type LayersModel, simclrTransferAugmentation } from '@mgmt/nn';
import { type BatchSource, type EpochRecord, fit, type FitOptions, type TrainingConfig } from '@mgmt/training';
import { frozenEncoder } from './frozenEncoder.js';
import { transferModel, transferModelConfig, type TransferModelConfig } from './transferModel.js';

/** How a pretrained encoder becomes a trained classifier, a plain record. */
export interface TransferConfig extends TransferModelConfig {
  /** Whether the encoder learns from the labels: from the beginning, never, or after so many epochs in which the new layer alone did. */
  readonly encoder: 'whole' | 'frozen' | { readonly frozenEpochs: number };
  readonly training: TrainingConfig;
}

/** The paper's downstream task (Saeed et al. 2022, section 4.2); batches of 16. The whole network learns. */
export const transferConfig: TransferConfig = {
  ...transferModelConfig,
  encoder: 'whole',
  training: {
    epochs: 30,
    optimizer: { kind: 'adamw', learningRate: 1e-3, weightDecay: 0.01 },
    schedule: { kind: 'step', factor: 0.5, atEpochs: [10, 20] },
    loss: { kind: 'binary-cross-entropy-with-logits' },
    augmentation: { steps: simclrTransferAugmentation, seed: 0 },
  },
};

/** A classifier, and how it was trained. */
export interface Transfer {
  readonly model: LayersModel;
  /** A record an epoch: the learning curves of Figure 10. */
  readonly history: readonly EpochRecord[];
  /** True where the signal ended it before the last epoch was done. */
  readonly stopped: boolean;
}

/**
 * Trains a classifier that begins with an encoder's weights. The encoder stays as it is.
 *
 * With a folder it survives as `fit` does; epochs with a frozen encoder and those after them are two runs, in `frozen/` and `whole/`, each with an optimizer
 * and a schedule of its own.
 *
 * @param data - labeled images, `[b, h, w, channels]`
 * @throws `MgmtError` as {@link transferModel} and `fit`
 * @example
 * const { model, history } = await transfer(encoder, training, transferConfig, { folder: 'results/transfer', validation, metrics: { auc: rocAuc } });
 */
export async function transfer(
  encoder: LayersModel,
  data: BatchSource,
  config: TransferConfig = transferConfig,
  options: FitOptions = {},
): Promise<Transfer> {
  const model = await transferModel(encoder, config);
  try {
    return { model, ...(await train(model, data, config, options)) };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

async function train(model: LayersModel, data: BatchSource, config: TransferConfig, options: FitOptions): Promise<Omit<Transfer, 'model'>> {
  const { encoder, training } = config;
  if (encoder === 'whole') return fit(model, data, training, options);
  if (encoder === 'frozen') return fit(frozenEncoder(model), data, training, options);
  const frozenEpochs = Math.min(encoder.frozenEpochs, training.epochs);
  const first = await fit(frozenEncoder(model), data, { ...training, epochs: frozenEpochs }, within(options, 'frozen'));
  if (first.stopped || frozenEpochs === training.epochs) return first;
  const rest = { ...training, epochs: training.epochs - frozenEpochs };
  const second = await fit(model, later(data, frozenEpochs), rest, within(options, 'whole'));
  const history = [...first.history, ...second.history.map((record) => ({ ...record, epoch: record.epoch + frozenEpochs }))];
  return { history, stopped: second.stopped };
}

const within = (options: FitOptions, name: string): FitOptions =>
  options.folder === undefined ? options : { ...options, folder: join(options.folder, name) };

/** The epochs of a source after the first ones. */
function later({ batches, batchesFrom, batchesPerEpoch }: BatchSource, epochs: number): BatchSource {
  return {
    batchesPerEpoch,
    batches: (epoch) => batches(epoch + epochs),
    ...(batchesFrom && { batchesFrom: (epoch, first) => batchesFrom(epoch + epochs, first) }),
  };
}
