import * as tf from '@tensorflow/tfjs';
import { composed, composedWhere, runStock, type Mend } from './kernel.js';

/*
 * What is done along axes, done for one axis after the other on a view of three, `[outer, n, inner]`. Where tfjs has a form for every rank, WebAssembly's
 * is a loop in JavaScript that takes a thousand times as long, and WebGPU's shader does not compile from rank 5 on.
 */

const product = (values: readonly number[]) => values.reduce((total, n) => total * n, 1);

/** Does something to one axis after another, each as the middle one of three. */
function axisByAxis(x: tf.Tensor, change: (view: tf.Tensor3D, axis: number) => tf.Tensor): tf.Tensor {
  return x.shape.reduce<tf.Tensor>((now, n, axis) => {
    const [outer, inner] = [now.shape.slice(0, axis), now.shape.slice(axis + 1)];
    const view = tf.reshape(now, [product(outer), n, product(inner)]) as tf.Tensor3D;
    const changed = change(view, axis);
    return changed === view ? now : tf.reshape(changed, [...outer, changed.shape[1]!, ...inner]);
  }, x);
}

/** `count` elements of the middle axis from `start` on, `step` apart. */
export function everyNth(view: tf.Tensor3D, start: number, step: number, count: number): tf.Tensor3D {
  const [outer, n, inner] = view.shape;
  if (step === 1) return count === n ? view : tf.slice(view, [0, start, 0], [outer, count, inner]);
  const missing = Math.max(start + count * step - n, 0);
  const longer = missing > 0 ? tf.pad(view, [[0, 0], [0, missing], [0, 0]]) : view; // prettier-ignore
  const rows = tf.reshape(tf.slice(longer, [0, start, 0], [outer, count * step, inner]), [outer * count, step * inner]);
  return tf.reshape(tf.slice(rows, [0, 0], [outer * count, inner]), [outer, count, inner]);
}

interface StridedAttributes {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly strides: readonly number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** `StridedSlice` with strides that are positive, at any rank. */
export const stridedSlice = composedWhere<{ readonly x: tf.Tensor }, StridedAttributes>(
  ({ x }, attributes) => x.size > 0 && stridesOf(x, attributes).strides.every((step) => step > 0),
  ({ x }, attributes) => {
    const { begin, end, strides, finalShape } = stridesOf(x, attributes);
    const taken = axisByAxis(x, (view, axis) => {
      const count = Math.max(Math.ceil((end[axis]! - begin[axis]!) / strides[axis]!), 0);
      return everyNth(view, begin[axis]!, strides[axis]!, count);
    });
    return owned(x, tf.reshape(taken, finalShape));
  },
);

function stridesOf(x: tf.Tensor, { begin, end, strides, ...masks }: StridedAttributes) {
  const { beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = masks;
  return tf.slice_util.sliceInfo(
    x.shape,
    [...begin],
    [...end],
    [...strides],
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
}

/** `SplitV` as slices. */
export const splitV = composed<{ readonly x: tf.Tensor }, { readonly numOrSizeSplits: number | number[]; readonly axis: number }>(
  ({ x }, { numOrSizeSplits, axis: given }) => {
    const [axis] = tf.util.parseAxisParam(given, x.shape) as [number];
    const [outer, inner] = [product(x.shape.slice(0, axis)), product(x.shape.slice(axis + 1))];
    const view = tf.reshape(x, [outer, x.shape[axis]!, inner]) as tf.Tensor3D;
    let start = 0;
    return tf.backend_util.prepareSplitSize(x, numOrSizeSplits, axis).map((size) => {
      const part = tf.slice(view, [0, start, 0], [outer, size, inner]);
      start += size;
      return tf.reshape(part, [...x.shape.slice(0, axis), size, ...x.shape.slice(axis + 1)]);
    });
  },
);

interface PadAttributes {
  readonly paddings: readonly (readonly [number, number])[];
  readonly constantValue: number;
}

/** `PadV2` of more axes than the backend's own takes. */
export const padAbove = (rank: number): Mend =>
  composedWhere<{ readonly x: tf.Tensor }, PadAttributes>(
    ({ x }) => x.rank > rank,
    ({ x }, { paddings, constantValue }) =>
      owned(
        x,
        axisByAxis(x, (view, axis) => {
          const [before, after] = paddings[axis]!;
          return before + after === 0 ? view : tf.pad(view, [[0, 0], [before, after], [0, 0]], constantValue); // prettier-ignore
        }),
      ),
  );

/** `MirrorPad` of rank 5 and more. */
export const mirrorPad = composedWhere<
  { readonly x: tf.Tensor },
  { readonly paddings: PadAttributes['paddings']; readonly mode: 'reflect' | 'symmetric' }
>(
  ({ x }) => x.rank > 4,
  ({ x }, { paddings, mode }) =>
    owned(
      x,
      axisByAxis(x, (view, axis) => {
        const [before, after] = paddings[axis]!;
        return before + after === 0 ? view : tf.mirrorPad(view, [[0, 0], [before, after], [0, 0]], mode); // prettier-ignore
      }),
    ),
);

/** `Reverse` of rank 5 and more. */
export const reverse = composedWhere<{ readonly x: tf.Tensor }, { readonly dims: number | readonly number[] }>(
  ({ x }) => x.rank > 4,
  ({ x }, { dims }) => {
    const turned = tf.util.parseAxisParam(dims as number | number[], x.shape);
    return owned(
      x,
      axisByAxis(x, (view, axis) => (turned.includes(axis) ? tf.reverse(view, 1) : view)),
    );
  },
);

/** `Transpose` of more than six axes: one after the other to its place, over those between. */
export const transpose = composedWhere<{ readonly x: tf.Tensor }, { readonly perm: readonly number[] }>(
  ({ x }) => x.rank > 6,
  ({ x }, { perm }) => {
    const order = perm.map((_, axis) => axis);
    const moved = perm.reduce<tf.Tensor>((now, axis, to) => {
      const from = order.indexOf(axis);
      if (from === to) return now;
      const extents = order.map((each) => x.shape[each]!);
      const view = tf.reshape(now, [
        product(extents.slice(0, to)),
        product(extents.slice(to, from)),
        extents[from]!,
        product(extents.slice(from + 1)),
      ]);
      order.splice(to, 0, ...order.splice(from, 1));
      return tf.transpose(view, [0, 2, 1, 3]);
    }, x);
    return owned(
      x,
      tf.reshape(
        moved,
        perm.map((axis) => x.shape[axis]!),
      ),
    );
  },
);

/** `Select` of rank 5 and more: element by element, so of one axis. */
export const select = composedWhere<Readonly<Record<'condition' | 't' | 'e', tf.Tensor>>, object>(
  ({ t }) => t.rank > 4,
  ({ condition, t, e }) => {
    const wide =
      condition.rank === t.rank ? condition : tf.broadcastTo(tf.reshape(condition, [-1, ...t.shape.slice(1).map(() => 1)]), t.shape);
    const [c, a, b] = [wide, t, e].map((tensor) => tf.reshape(tensor, [-1])) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return tf.reshape(tf.where(c, a, b), t.shape);
  },
);

/** A kernel must not hand out its own input. */
const owned = (x: tf.Tensor, result: tf.Tensor) => (result === x ? tf.clone(x) : result);

/** Stock results under another shape of the same size. */
export const reshaped =
  (shapeOf: (inputs: Readonly<Record<string, tf.TensorInfo>>) => number[]): Mend =>
  (stock) =>
  ({ inputs, attrs }) => ({
    ...runStock<tf.TensorInfo>(stock, inputs as Readonly<Record<string, tf.TensorInfo>>, attrs ?? {}),
    shape: shapeOf(inputs as Readonly<Record<string, tf.TensorInfo>>),
  });
