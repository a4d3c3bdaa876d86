import * as tf from '@tensorflow/tfjs';
import type { SlotWeight } from './pytorchSlots.js';

/**
 * Several weights of one layer as the one that PyTorch has: one behind the other along the first axis.
 *
 * @param weights - equal in all axes but the first
 */
export function stackedWeight(weights: readonly tf.LayerVariable[]): SlotWeight {
  const heights = weights.map(({ shape }) => shape[0]!);
  return {
    shape: [heights.reduce((sum, n) => sum + n, 0), ...weights[0]!.shape.slice(1)],
    read: () =>
      tf.concat(
        weights.map((weight) => weight.read()),
        0,
      ),
    write(value) {
      tf.tidy(() => tf.split(value, heights, 0).forEach((part, i) => weights[i]!.write(part)));
    },
  };
}
