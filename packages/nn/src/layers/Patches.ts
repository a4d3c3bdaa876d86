import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { perAxis } from '../ops/padding.js';
import { only } from './Conv.js';

/** How an image is cut, plain data. */
export interface PatchesConfig {
  readonly name?: string;
  /** Extent of a patch, one for all spatial axes or one each. */
  readonly patch: number | readonly number[];
  /** The spatial axes within a patch, slowest first; as they are in the image by default, `[0, 1, 2]`. */
  readonly order?: readonly number[];
}

/**
 * An image cut into patches that do not overlap, each a row of numbers, channels fastest: `[b, (d,) h, w, c]` to `[b, n, patch c]`. Patches come in the
 * image's own order, columns fastest.
 *
 * @throws `MgmtError` `nn/patch-does-not-divide`
 */
export class Patches extends tf.layers.Layer {
  static readonly className = 'MgmtPatches';
  private readonly config: Omit<PatchesConfig, 'name'>;

  constructor({ name, ...config }: PatchesConfig) {
    super(name === undefined ? {} : { name });
    this.config = { patch: config.patch, ...(config.order && { order: config.order }) };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = only(inputs);
    const { counts, patch } = this.cut(x.shape.slice(1, -1));
    const axes = [...counts.keys()];
    const apart = [x.shape[0]!, ...axes.flatMap((axis) => [counts[axis]!, patch[axis]!]), x.shape.at(-1)!]; // [b, d / pd, pd, h / ph, ph, w / pw, pw, c]
    const within = this.config.order ?? axes;
    const turned = [0, ...axes.map((axis) => 1 + 2 * axis), ...within.map((axis) => 2 + 2 * axis), 2 * axes.length + 1];
    return tf.tidy(() => tf.reshape(tf.transpose(tf.reshape(x, apart), turned), [x.shape[0]!, ...this.rows(x.shape)]));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const shape = inputShape as tf.Shape;
    return [shape[0]!, ...this.rows(shape as number[])];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config } as unknown as tf.serialization.ConfigDict;
  }

  /** `[n, patch c]` */
  private rows(shape: readonly number[]): [number, number] {
    const { counts, patch } = this.cut(shape.slice(1, -1));
    return [product(counts), product(patch) * shape.at(-1)!];
  }

  /** How many patches there are along each axis. */
  private cut(spatial: readonly number[]) {
    const patch = typeof this.config.patch === 'number' ? perAxis(this.config.patch, spatial.length) : this.config.patch;
    if (patch.length !== spatial.length || spatial.some((n, axis) => n % patch[axis]! !== 0)) {
      throw new MgmtError('the patches do not fill the image', {
        code: 'nn/patch-does-not-divide',
        where: this.name,
        expected: `extents that are multiples of ${patch.join(' x ')}`,
        found: spatial.join(' x '),
        hint: 'take another patch, or resize the image',
      });
    }
    return { patch, counts: spatial.map((n, axis) => n / patch[axis]!) };
  }
}
tf.serialization.registerClass(Patches);

const product = (values: readonly number[]) => values.reduce((total, n) => total * n, 1);
