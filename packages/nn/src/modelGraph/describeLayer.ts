import type * as tf from '@tensorflow/tfjs';
import type { PartKind } from '../modelGraph.js';

/** A layer in words. `light`: it stands with its neighbor. */
export interface LayerWords {
  readonly kind: PartKind;
  /** Empty where a reader needs no word. */
  readonly text: string;
  readonly light: boolean;
}

/** A layer in words, as papers write it: `conv 3×3, 64, /2`. */
export function describeLayer(layer: tf.layers.Layer, { shape }: tf.SymbolicTensor): LayerWords {
  const config = layer.getConfig() as Config;
  const known = WORDS[layer.getClassName()];
  if (!known) return { kind: 'other', text: spaced(layer.getClassName().replace(/^Mgmt/, '')), light: false };
  const [kind, words] = known;
  return { kind: kind ?? 'other', text: typeof words === 'string' ? words : words(config, shape), light: kind === undefined };
}

interface Config {
  readonly kernel?: number | readonly number[];
  readonly stride?: number | readonly number[];
  readonly patch?: number | readonly number[];
  readonly heads?: number;
}

type Shape = readonly (number | null)[];

/** What each class is; without a kind it is light. */
const WORDS: Readonly<Record<string, readonly [PartKind | undefined, string | ((config: Config, shape: Shape) => string)]>> = {
  InputLayer: ['input', ''],
  MgmtConv: ['conv', (config, shape) => `conv ${window(config, shape)}, ${shape.at(-1)}${strides(config)}`],
  MgmtDepthwiseConv: ['conv', (config, shape) => `depthwise conv ${window(config, shape)}${strides(config)}`],
  MgmtMaxPool: ['pool', (config, shape) => `max pool ${window(config, shape)}${strides(config)}`],
  MgmtAveragePool: ['pool', (config, shape) => `average pool ${window(config, shape)}`],
  MgmtGlobalAveragePool: ['pool', 'global average pool'],
  MgmtDense: ['dense', (_, shape) => `dense ${shape.at(-1)}`],
  MgmtMultiHeadAttention: ['attention', ({ heads }) => `attention, ${heads} ${heads === 1 ? 'head' : 'heads'}`],
  MgmtLstm: ['recurrent', (_, shape) => `LSTM ${shape.at(-1)}`],
  MgmtPatches: ['other', ({ patch }) => `patches of ${[patch].flat().join('×')}`],
  MgmtAdd: ['join', '+'],
  MgmtMultiply: ['join', '×'],
  MgmtConcatenate: ['join', 'concatenate'],
  MgmtBatchNorm: [undefined, 'norm'],
  MgmtGroupNorm: [undefined, 'norm'],
  MgmtLayerNorm: [undefined, 'norm'],
  MgmtRelu: [undefined, 'ReLU'],
  MgmtGelu: [undefined, 'GELU'],
  MgmtSwish: [undefined, 'swish'],
  MgmtSigmoid: [undefined, 'sigmoid'],
  MgmtDropout: [undefined, 'dropout'],
  MgmtDropConnect: [undefined, 'drop path'],
  MgmtClassToken: [undefined, 'class token'],
  MgmtPositionEmbedding: [undefined, 'positions'],
  MgmtFirstToken: [undefined, ''],
  Flatten: [undefined, ''],
  Reshape: [undefined, ''],
};

/** `3×3`, of as many axes as the output has. */
function window({ kernel = 1 }: Config, shape: Shape): string {
  return (typeof kernel === 'number' ? shape.slice(1, -1).map(() => kernel) : kernel).join('×');
}

/** `, /2` where an axis is taken in strides. */
function strides({ stride = 1 }: Config): string {
  const each = [...new Set([stride].flat())];
  if (each.every((n) => n === 1)) return '';
  return `, /${each.length === 1 ? each[0] : [stride].flat().join('×')}`;
}

const spaced = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
