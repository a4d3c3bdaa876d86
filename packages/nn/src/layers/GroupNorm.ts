import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { groupNorm } from '../ops/groupNorm.js';
import { only } from './Conv.js';
import type { PytorchNamed, PytorchSlot } from './pytorchSlots.js';

/** A group norm's settings, plain data. */
export interface GroupNormConfig {
  readonly name?: string;
  /** Into which the channels are divided, neighbors together: 1 for all at once, as many as channels for each alone. */
  readonly groups: number;
  /** Added to the variance: 1e-5 by default, PyTorch's. */
  readonly epsilon?: number;
}

/**
 * Group normalization at any rank, `[b, ..., c]` to the same: by each sample's own statistics, in training and after, so that it does not care for the
 * size of a batch.
 *
 * @throws `MgmtError` `nn/uneven-groups` where the channels are no multiple of the groups
 */
export class GroupNorm extends tf.layers.Layer implements PytorchNamed {
  static readonly className = 'MgmtGroupNorm';
  private readonly numbers: { readonly groups: number; readonly epsilon: number };
  private scale: tf.LayerVariable | undefined;
  private offset: tf.LayerVariable | undefined;

  constructor({ name, groups, epsilon = 1e-5 }: GroupNormConfig) {
    super(name === undefined ? {} : { name });
    this.numbers = { groups, epsilon };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = (inputShape as number[]).at(-1)!;
    const { groups } = this.numbers;
    if (channels % groups !== 0) {
      throw new MgmtError('the channels do not divide into so many groups', {
        code: 'nn/uneven-groups',
        where: this.name,
        expected: `a multiple of ${groups} channels`,
        found: `${channels}`,
      });
    }
    this.scale = this.addWeight('weight', [channels], 'float32', tf.initializers.ones());
    this.offset = this.addWeight('bias', [channels], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => groupNorm(only(inputs), this.scale!.read(), this.offset!.read(), this.numbers));
  }

  /** The weights, in PyTorch's order. */
  pytorchSlots(): readonly PytorchSlot[] {
    return [
      { name: 'weight', layout: 'vector', weight: this.scale! },
      { name: 'bias', layout: 'vector', weight: this.offset! },
    ];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.numbers };
  }
}
tf.serialization.registerClass(GroupNorm);
