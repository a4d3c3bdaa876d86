import { batchToSteps, conv, dense, input, lstm, model, relu, stepsToBatch, type LayersModel } from '@mgmt/nn';
import { efficientnetLogits } from './efficientnet.js';
import { efficientnetB0Config, efficientnetForms, type EfficientNetPreset } from './efficientnetConfigs.js';

/** A network of slices whose features an LSTM reads one after the other, a plain record. */
export interface CnnLstmConfig {
  /** `[slices, h, w]`. */
  readonly spatial: readonly [number, number, number];
  /** Modalities. */
  readonly channels: number;
  /** Logits out; 1 for a yes or no. */
  readonly classes: number;
  /** Of each slice; its `classes` are the features that the LSTM reads, its `channels` those that the modalities are mixed to. */
  readonly encoder: Omit<EfficientNetPreset, 'seed' | 'seenAs'>;
  /** Features of the LSTM's state. */
  readonly hidden: number;
  /** LSTMs on top of one another. */
  readonly lstmLayers: number;
  /** Equal seeds start from equal weights on every machine, and draw equal dropouts. */
  readonly seed: number | string;
}

/**
 * The competition's second place: each slice's modalities are mixed to three channels, an EfficientNet makes features of them, and an LSTM over the
 * slices one logit: `[b, slices, h, w, channels]` to `[b, classes]`.
 *
 * Names and order of weights are those of its source (github.com/minhnhatphan/rnsa21-cnn-lstm), so that its files load. Layers before `steps` see every
 * slice as a sample of its own, `[b slices, ...]`.
 *
 * @throws `MgmtError` `nn/window-too-large` where the input is smaller than a window
 * @example
 * const network = cnnLstm({ ...cnnLstmConfig, spatial: [10, 256, 256] });
 */
export function cnnLstm({ spatial, channels, classes, encoder, hidden, lstmLayers, seed }: CnnLstmConfig): LayersModel {
  const [slices, ...extents] = spatial;
  const x = input([...spatial, channels]);
  const images = stepsToBatch(x, { name: 'images' }); // [b slices, h, w, channels]
  const mixed = conv(images, encoder.channels, { kernel: 1, start: 'uniform', seed, name: 'cnn.map' }); // [b slices, h, w, 3]
  const seen = relu(mixed, { name: 'cnn.relu' });
  const features = efficientnetLogits(seen, { ...encoder, spatial: extents, seenAs: 'itself', seed }, 'cnn.net.'); // [b slices, 256]
  const state = lstm(batchToSteps(features, { steps: slices, name: 'steps' }), { hidden, layers: lstmLayers, seed, name: 'rnn' }); // [b, hidden]
  return model(x, dense(state, classes, { seed, name: 'fc' }), { name: 'cnn_lstm' });
}

/**
 * The second place's own: four modalities (FLAIR, T1w, T1wCE, T2w), ten slices of 256 x 256 as its authors take them, EfficientNet b0 to 256 features, two
 * LSTMs of 32. 4,381,100 parameters. Trained with Adam at 1e-4, a batch of 8, 15 epochs, five folds averaged.
 */
export const cnnLstmConfig = {
  spatial: [10, 256, 256],
  channels: 4,
  classes: 1,
  encoder: { ...efficientnetB0Config, ...efficientnetForms.efficientnetPytorch, channels: 3, classes: 256 },
  hidden: 32,
  lstmLayers: 2,
  seed: 0,
} as const satisfies CnnLstmConfig;
