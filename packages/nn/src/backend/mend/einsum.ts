import * as tf from '@tensorflow/tfjs';
import { composed } from './kernel.js';

/** `Einsum`: the factors, each with its axes in the order of all, multiplied; each axis is summed over once no factor to come has it. */
export const einsum = composed<Readonly<Record<string, tf.Tensor>>, { readonly equation: string }>((inputs, { equation }) => {
  const tensors = Object.values(inputs);
  const { allDims, summedDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, tensors.length);
  tf.backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors);
  const { path, steps } = tf.backend_util.getEinsumComputePath(summedDims, idDims);
  let axes = allDims.length;
  let product: tf.Tensor | undefined;
  steps.forEach((terms, step) => {
    for (const term of terms) {
      const { permutationIndices, expandDims } = tf.backend_util.getEinsumPermutation(axes, idDims[term]!);
      const turned = tf.backend_util.isIdentityPermutation(permutationIndices)
        ? tensors[term]!
        : tf.transpose(tensors[term]!, permutationIndices);
      const shape = expandDims.reduce<number[]>((all, axis) => [...all.slice(0, axis), 1, ...all.slice(axis)], turned.shape);
      const factor = tf.reshape(turned, shape);
      product = product ? tf.mul(factor, product) : factor;
    }
    if (step === steps.length - 1) return;
    if (path[step]! >= 0) product = tf.sum(product!, path[step]! - (allDims.length - axes));
    axes--;
  });
  return tensors.includes(product!) ? tf.clone(product!) : product!;
});
