import * as tf from '@tensorflow/tfjs';
import { composed, type Mend } from './kernel.js';
import { onCpu } from './onCpu.js';
import { perAxis, windowsOver, type Pad, type Windows } from './windows.js';

interface Attributes {
  readonly filterSize: number | readonly number[];
  readonly strides: number | readonly number[];
  readonly pad: Pad;
}

/** `MaxPool3D`: rows and columns first, then depth, each in two dimensions. */
export const maxPool3d = composed<{ readonly x: tf.Tensor }, Attributes>(({ x }, attributes) => {
  const { stacked, output } = poolTwice(x, attributes);
  return tf.reshape(stacked.y, [x.shape[0]!, ...output, x.shape[4]!]);
});

/** `MaxPool3DGrad`: the same two pools backwards. */
export const maxPool3dGradient = composed<{ readonly dy: tf.Tensor; readonly input: tf.Tensor }, Attributes>(
  ({ dy, input }, attributes) => {
    const { planes, stacked } = poolTwice(input, attributes);
    const dPlanes = tf.reshape(backwards(tf.reshape(dy, stacked.y.shape), stacked), planes.y.shape);
    return tf.reshape(backwards(dPlanes, planes), input.shape);
  },
);

interface Pool {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  readonly attributes: tf.NamedAttrMap;
}

function poolTwice(x: tf.Tensor, attributes: Attributes) {
  const [b, d, h, w, c] = x.shape as [number, number, number, number, number];
  const [kernel, stride] = [perAxis(attributes.filterSize, 3), perAxis(attributes.strides, 3)];
  const { pads, output } = windowsOver([d, h, w], kernel, stride, attributes.pad);
  const planes = pool(tf.reshape(x, [b * d, h, w, c]), kernel.slice(1), stride.slice(1), pads.slice(1)); // [b d, h', w', c]
  const [, rows, columns] = output as [number, number, number];
  const stacked = pool(tf.reshape(planes.y, [b, d, rows * columns, c]), [kernel[0]!, 1], [stride[0]!, 1], [pads[0]!, [0, 0]]);
  return { planes, stacked, output };
}

function pool(x: tf.Tensor, filterSize: readonly number[], strides: readonly number[], [rows, columns]: Windows['pads']): Pool {
  const attributes = { filterSize, strides, pad: [[0, 0], rows, columns, [0, 0]] } as unknown as tf.NamedAttrMap;
  return { x, y: tf.engine().runKernel('MaxPool', { x }, attributes) as tf.Tensor, attributes };
}

const backwards = (dy: tf.Tensor, { x, y, attributes }: Pool) =>
  tf.engine().runKernel('MaxPoolGrad', { dy, input: x, output: y }, attributes) as tf.Tensor;

/**
 * `AvgPoolGrad`, `AvgPool3DGrad`: stock ones share out a window's gradient among all its places, also where some of them are padding, which the mean
 * itself leaves out. So `dy` is scaled first by all places over those that count.
 */
export const averagePoolGradient: Mend = (stock) => (args) => {
  const { dy, input } = args.inputs as unknown as { readonly dy: tf.Tensor; readonly input: tf.Tensor };
  const { filterSize, strides, pad } = args.attrs as unknown as Attributes;
  const extents = input.shape.slice(1, -1);
  const [kernel, stride] = [perAxis(filterSize, extents.length), perAxis(strides, extents.length)];
  const { pads, output } = windowsOver(extents, kernel, stride, pad);
  if (pads.flat().every((n) => n === 0)) return stock(args);
  const scales = output.map((count, axis) => {
    const [k, n] = [kernel[axis]!, extents[axis]!];
    return Array.from({ length: count }, (_, i) => {
      const start = i * stride[axis]! - pads[axis]![0];
      return k / (Math.min(start + k, n) - Math.max(start, 0));
    });
  });
  const scaled = tf.tidy(() =>
    scales.reduce<tf.Tensor>((result, scale, axis) => {
      const shape = [1, ...output.map((count, other) => (other === axis ? count : 1)), 1];
      return tf.mul(result, tf.tensor(scale, shape, 'float32'));
    }, dy),
  );
  const result = stock({ ...args, inputs: { ...args.inputs, dy: scaled } });
  scaled.dispose();
  return result;
};

/** `MaxPool`, `AvgPool` as plain JavaScript has them where windows lie in the padding altogether; XNNPACK reads what is no part of the input. */
export const plainBeyondTheEdge =
  (kernelName: string): Mend =>
  (stock) =>
  (args) => {
    const { filterSize, strides, pad } = args.attrs as unknown as Attributes;
    const kernel = perAxis(filterSize, 2);
    const { pads } = windowsOver(args.inputs['x']!.shape.slice(1, 3), kernel, perAxis(strides, 2), pad);
    return (pads.some(([before, after], axis) => Math.max(before, after) >= kernel[axis]!) ? onCpu(kernelName) : stock)(args);
  };
