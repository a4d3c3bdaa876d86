import * as tf from '@tensorflow/tfjs';
import { rawAttributes, type RawOps } from './rawOps.js';

/**
 * A variable inside TensorFlow, float32, that its optimizer operations update in place. It is no `tf.Variable`: tfjs does not see it, and its
 * contents reach tfjs only as handles of TensorFlow's tensors. Handles that share memory with it are safe: an update copies first.
 */
export interface ResourceVariable {
  /** Of the resource, as input of an operation. */
  readonly handle: number;
  /** Takes over the contents of a tensor, which stays its owner's. */
  assign(tensorId: number): void;
  /** A new handle of the present contents; the caller deletes it. */
  read(): number;
  /** A copy of the present contents. */
  values(): Float32Array;
  /** Puts back what `values` gave. */
  setValues(values: Float32Array): void;
  dispose(): void;
}

/** A resource variable without contents. */
export function resourceVariable(raw: RawOps, shape: readonly number[]): ResourceVariable {
  const { binding } = raw;
  const dtype = [rawAttributes.type(raw, 'dtype')];
  const [resource] = binding.executeOp(
    'VarHandleOp',
    [
      ...dtype,
      rawAttributes.shape(raw, 'shape', shape),
      rawAttributes.text(raw, 'container', ''),
      rawAttributes.text(raw, 'shared_name', `mgmt-${process.pid}-${counter++}`),
    ],
    [],
    1,
  );
  const handle = resource!.id;
  const assign = (tensorId: number) => void binding.executeOp('AssignVariableOp', dtype, [handle, tensorId], 0);
  const read = () => binding.executeOp('ReadVariableOp', dtype, [handle], 1)[0]!.id;
  return {
    handle,
    assign,
    read,
    values() {
      const id = read();
      const values = binding.tensorDataSync(id).slice();
      binding.deleteTensor(id);
      return values;
    },
    setValues(values) {
      const id = binding.createTensor(shape, binding.TF_FLOAT, values);
      assign(id);
      binding.deleteTensor(id);
    },
    dispose() {
      binding.executeOp('DestroyResourceOp', [{ ...rawAttributes.bool(raw, 'ignore_lookup_error', true) }], [handle], 0);
      binding.deleteTensor(handle);
    },
  };
}

let counter = 0;

/** A resource variable that holds zeros. */
export function zeroResource(raw: RawOps, shape: readonly number[]): ResourceVariable {
  const resource = resourceVariable(raw, shape);
  const zeros = tf.fill([...shape], 0);
  resource.assign(tensorId(raw, zeros));
  zeros.dispose();
  return resource;
}

/** The handle of a tensor's contents in TensorFlow; values that tfjs has not handed over yet are handed over. */
export function tensorId({ binding, tensorMap }: RawOps, tensor: tf.TensorInfo): number {
  const known = tensorMap.get(tensor.dataId)!;
  if (known.values !== null) {
    known.id = binding.createTensor(tensor.shape, binding.TF_FLOAT, known.values as Float32Array);
    known.values = null;
  }
  return known.id;
}
