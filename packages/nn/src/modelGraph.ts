import type * as tf from '@tensorflow/tfjs';
import { foldBlocks } from './modelGraph/foldBlocks.js';
import { foldRepeats } from './modelGraph/foldRepeats.js';
import { layerRuns } from './modelGraph/layerRuns.js';

/** What a part of a network does, for its color: a `block` is closed by a sum, a product or a concatenation. */
export type PartKind = 'input' | 'conv' | 'pool' | 'block' | 'attention' | 'recurrent' | 'dense' | 'join' | 'other';

/** A part of a network: a layer with what follows it at once (norm, activation, dropout), or a block of such. */
export interface ModelPart {
  /** The name of its last layer. */
  readonly id: string;
  readonly kind: PartKind;
  /** `residual block` */
  readonly label: string;
  /** Its layers, a line a run: `conv 3×3, 64 · norm · ReLU`. */
  readonly lines: readonly string[];
  /** Ways around lines: from before line `from` to the sum or concatenation in line `to`. `projected`: through a layer of its own. */
  readonly skips: readonly { readonly from: number; readonly to: number; readonly projected: boolean }[];
  /** Without the batch axis; `null` where it is open. Of the last one where the part repeats. */
  readonly outputShape: readonly (number | null)[];
  /** Numbers that are learned, of all repetitions. */
  readonly parameters: number;
  /** How often it stands there, one behind the other. */
  readonly repeats: number;
}

/** A network as parts and what flows between them: plain data, of which `architectureDiagram` of `@mgmt/report` draws. */
export interface ModelGraph {
  /** Each behind all that it takes from. */
  readonly nodes: readonly ModelPart[];
  /** Ids of {@link nodes}. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/**
 * A network as a reader would draw it: norms, activations and dropouts stand with their layer, a residual block is one part, and equal blocks in a row are
 * one with a count.
 *
 * @example
 * architectureDiagram(modelGraph(changResnet(changResnetConfig)));
 */
export function modelGraph(model: tf.LayersModel): ModelGraph {
  const parts = foldRepeats(foldBlocks(layerRuns(model)));
  return {
    nodes: parts.map(({ inputs: _, ...part }) => part),
    edges: parts.flatMap(({ id, inputs }) => inputs.map((from) => ({ from, to: id }))),
  };
}
