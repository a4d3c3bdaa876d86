import * as tf from '@tensorflow/tfjs';

/** A kernel in place of one that a backend lacks or computes wrongly; `stock` is the one that was there. */
export type Mend = (stock: tf.KernelFunc) => tf.KernelFunc;

/** Kernels by their names in tfjs. */
export type Mends = Readonly<Record<string, Mend>>;

/** A kernel out of tfjs's own operations. What they make on the way is freed. */
export function composed<Inputs, Attributes>(compute: (inputs: Inputs, attributes: Attributes) => tf.Tensor | tf.Tensor[]): tf.KernelFunc {
  return ({ inputs, attrs }) =>
    tf.tidy(() => compute(inputs as unknown as Inputs, attrs as unknown as Attributes)) as tf.TensorInfo | tf.TensorInfo[];
}

/** {@link composed} where the stock kernel is wrong, which stays where it is right. */
export function composedWhere<Inputs, Attributes>(
  isWrong: (inputs: Inputs, attributes: Attributes) => boolean,
  compute: (inputs: Inputs, attributes: Attributes) => tf.Tensor | tf.Tensor[],
): Mend {
  const right = composed(compute);
  return (stock) => (args) => (isWrong(args.inputs as unknown as Inputs, args.attrs as unknown as Attributes) ? right(args) : stock(args));
}

/** Another kernel of the current backend, the stock one, on tensors. */
export function runStock<Result extends tf.TensorInfo | tf.TensorInfo[]>(
  stock: tf.KernelFunc,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attrs: object,
): Result {
  return stock({ inputs, attrs: attrs as tf.NamedAttrMap, backend: tf.backend() }) as Result;
}
