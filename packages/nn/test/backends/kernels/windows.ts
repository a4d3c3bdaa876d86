import { rng, type Rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { noise, ranks, type KernelCase } from './kernelCase.js';

/** Convolutions and pools, at `draws` geometries each: extents, kernels, strides, paddings and dilations at random. */
export function windowCases(draws: number): readonly KernelCase[] {
  return Object.entries(WINDOWS).flatMap(([name, make]) =>
    Array.from({ length: draws }, (_, i) => {
      const { inputs, run, says } = make(rng('windows').child(name).child(i));
      const title = `${name}: ${inputs.map(({ shape }) => `[${shape}]`).join(' by ')}, ${says}`;
      return { name: title, inputs, run, differentiate: says.includes('dilation') || name === 'conv3dTranspose' ? 0 : inputs.length }; // tfjs has no more
    }),
  );
}

type Made = Pick<KernelCase, 'inputs' | 'run'> & { readonly says: string };

const WINDOWS: Readonly<Record<string, (random: Rng) => Made>> = {
  conv1d: (random) => {
    const { x, kernel, stride, pad, says, out } = window(random, 1);
    const run = (image: tf.Tensor3D, filter: tf.Tensor3D) => tf.conv1d(image, filter, stride[0]!, pad);
    return { inputs: [noise(...x), noise(...kernel, x.at(-1)!, out)], run, says };
  },
  conv2d: (random) => {
    const { x, kernel, stride, dilation, pad, says, out } = window(random, 2, true);
    const run = (image: tf.Tensor4D, filter: tf.Tensor4D) => tf.conv2d(image, filter, pair(stride), pad, 'NHWC', pair(dilation));
    return { inputs: [noise(...x), noise(...kernel, x.at(-1)!, out)], run, says };
  },
  depthwiseConv2d: (random) => {
    const { x, kernel, stride, dilation, pad, says } = window(random, 2, true);
    const run = (image: tf.Tensor4D, filter: tf.Tensor4D) => tf.depthwiseConv2d(image, filter, pair(stride), pad, 'NHWC', pair(dilation));
    return { inputs: [noise(...x), noise(...kernel, x.at(-1)!, random.integer(1, 3))], run, says };
  },
  separableConv2d: (random) => {
    const { x, kernel, stride, pad, says, out } = window(random, 2);
    const run = (image: tf.Tensor4D, depthwise: tf.Tensor4D, pointwise: tf.Tensor4D) =>
      tf.separableConv2d(image, depthwise, pointwise, [stride[0]!, stride[0]!], pad);
    return { inputs: [noise(...x), noise(...kernel, x.at(-1)!, 2), noise(1, 1, x.at(-1)! * 2, out)], run, says };
  },
  conv2dTranspose: (random) => {
    const { x, kernel, stride, pad, says, out } = window(random, 2);
    const extents = outputs(x.slice(1, 3), kernel, stride, pad);
    const run = (small: tf.Tensor4D, filter: tf.Tensor4D) =>
      tf.conv2dTranspose(small, filter, [x[0]!, x[1]!, x[2]!, x[3]!], pair(stride), pad);
    return { inputs: [noise(x[0]!, ...extents, out), noise(...kernel, x[3]!, out)], run, says };
  },
  conv3d: (random) => {
    const { x, kernel, stride, pad, says, out } = window(random, 3);
    const run = (image: tf.Tensor5D, filter: tf.Tensor5D) => tf.conv3d(image, filter, triple(stride), pad);
    return { inputs: [noise(...x), noise(...kernel, x.at(-1)!, out)], run, says };
  },
  conv3dTranspose: (random) => {
    const { x, kernel, stride, pad, says, out } = window(random, 3);
    const extents = outputs(x.slice(1, 4), kernel, stride, pad);
    const run = (small: tf.Tensor5D, filter: tf.Tensor5D) =>
      tf.conv3dTranspose(small, filter, [x[0]!, x[1]!, x[2]!, x[3]!, x[4]!], triple(stride), pad);
    const made = { inputs: [noise(x[0]!, ...extents, out), noise(...kernel, x[4]!, out)], run, says };
    return made;
  },
  maxPool: (random) => {
    const { x, kernel, stride, pad, says } = window(random, 2);
    const run = (image: tf.Tensor4D) => tf.maxPool(tf.sub(image, 9) as tf.Tensor4D, pair(kernel), pair(stride), pad);
    return { inputs: [ranks(...x)], run, says: `${kernel} ${says}` };
  },
  avgPool: (random) => {
    const { x, kernel, stride, pad, says } = window(random, 2);
    const run = (image: tf.Tensor4D) => tf.avgPool(image, pair(kernel), pair(stride), pad);
    return { inputs: [noise(...x)], run, says: `${kernel} ${says}` };
  },
  maxPool3d: (random) => {
    const { x, kernel, stride, pad, says } = window(random, 3);
    const run = (image: tf.Tensor5D) => tf.maxPool3d(tf.sub(image, 9) as tf.Tensor5D, triple(kernel), triple(stride), pad);
    return { inputs: [ranks(...x)], run, says: `${kernel} ${says}` };
  },
  avgPool3d: (random) => {
    const { x, kernel, stride, pad, says } = window(random, 3);
    const run = (image: tf.Tensor5D) => tf.avgPool3d(image, triple(kernel), triple(stride), pad);
    return { inputs: [noise(...x)], run, says: `${kernel} ${says}` };
  },
};

/** An input `[b, ..., c]` and a window that fits it. Strides and dilations beside one another are left out: tfjs takes either. */
function window(random: Rng, rank: number, dilates = false) {
  const each = (low: number, high: number) => Array.from({ length: rank }, () => random.integer(low, high));
  const isDilated = dilates && random.chance(0.3);
  const dilation = isDilated ? each(1, 2) : Array.from({ length: rank }, () => 1);
  const kernel = each(1, 3);
  const pad = random.pick(['same', 'valid'] as const);
  const largest = (axis: number) => (rank === 3 && pad === 'same' ? kernel[axis]! : 3); // beyond it tfjs pads by less than nothing
  const stride = isDilated || random.chance(0.3) ? kernel.map(() => 1) : kernel.map((_, axis) => random.integer(1, largest(axis)));
  const x = [random.integer(1, 2), ...kernel.map((k, axis) => (k - 1) * dilation[axis]! + random.integer(1, 5)), random.integer(1, 3)];
  const says = `stride ${stride}, ${pad}${isDilated ? `, dilation ${dilation}` : ''}`;
  return { x, kernel, stride, dilation, pad, says, out: random.integer(1, 4) };
}

const outputs = (extents: readonly number[], kernel: readonly number[], stride: readonly number[], pad: 'same' | 'valid') =>
  extents.map((n, axis) => (pad === 'same' ? Math.ceil(n / stride[axis]!) : Math.floor((n - kernel[axis]!) / stride[axis]!) + 1));
const pair = (values: readonly number[]) => values as [number, number];
const triple = (values: readonly number[]) => values as [number, number, number];
