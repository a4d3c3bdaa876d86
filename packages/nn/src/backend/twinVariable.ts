import * as tf from '@tensorflow/tfjs';
import type { RawOps } from './rawOps.js';
import { resourceVariable, tensorId, type ResourceVariable } from './resourceVariable.js';

/** A `tf.Variable` that TensorFlow's optimizer operations change in place: they work on its twin. */
export interface TwinVariable {
  /**
   * Lets operations change the twin and points the variable at the twin's new contents. If somebody else has written the variable since (weights were
   * loaded), the twin follows first.
   *
   * @param change - may not read the variable: until it is through, only the twin has contents
   */
  update(change: (twin: ResourceVariable) => void): void;
  /** Frees the twin; the variable stays. */
  dispose(): void;
}

/** A twin for a variable, among TensorFlow's resources. */
export function twinVariable(raw: RawOps, variable: tf.Variable): TwinVariable {
  const twin = resourceVariable(raw, variable.shape);
  /** Of the contents that the variable was last pointed at. */
  let last: { readonly id: number; readonly dataId: object } | undefined;

  /** Takes the variable's contents over where they are not the twin's own. */
  function follow(): void {
    const id = tensorId(raw, variable);
    if (id !== last?.id || variable.dataId !== last.dataId) twin.assign(id);
  }

  function pointAtTwin(isShared: boolean): void {
    if (isShared) {
      const fresh = tf.zeros(variable.shape); // a place of its own for the new contents
      tensorId(raw, fresh);
      variable.assign(fresh);
      fresh.dispose();
      raw.binding.deleteTensor(raw.tensorMap.get(variable.dataId)!.id);
    }
    const known = raw.tensorMap.get(variable.dataId)!;
    known.id = twin.read();
    last = { id: known.id, dataId: variable.dataId };
  }

  return {
    update(change) {
      follow();
      const known = raw.tensorMap.get(variable.dataId)!;
      const isShared = known.refCount > 1; // somebody holds a clone, which must keep the old values
      if (!isShared) raw.binding.deleteTensor(known.id); // or the change would have to copy
      change(twin);
      pointAtTwin(isShared);
    },
    dispose: () => twin.dispose(),
  };
}
