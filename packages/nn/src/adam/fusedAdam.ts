import * as tf from '@tensorflow/tfjs';
import { rawAttributes, type RawOps } from '../backend/rawOps.js';
import { resourceVariable, tensorId, type ResourceVariable } from '../backend/resourceVariable.js';
import type { AdamKernel, AdamMoments, AdamSettings } from './adam.js';

/**
 * Adam by TensorFlow's `ResourceApplyAdam`, in place. Each variable has a twin among TensorFlow's resources, which the operation updates; then the
 * `tf.Variable` is pointed at the twin's contents. If somebody else has written the variable since (weights were loaded), the twin follows first.
 */
export function fusedAdam(raw: RawOps, variables: readonly tf.Variable[]): AdamKernel {
  const slots = variables.map((variable) => new Slot(raw, variable));
  return {
    update(gradients, settings) {
      const scalars = scalarInputs(settings); // of all variables
      const ids = scalars.map((t) => tensorId(raw, t));
      slots.forEach((slot, i) => slot.update(gradients[i]!, settings, ids));
      tf.dispose(scalars);
    },
    readMoments: () => ({ first: slots.map((slot) => slot.read(slot.first)), second: slots.map((slot) => slot.read(slot.second)) }),
    restoreMoments(moments: AdamMoments) {
      slots.forEach((slot, i) => {
        slot.write(slot.first, moments.first[i]!);
        slot.write(slot.second, moments.second[i]!);
      });
    },
    dispose: () => slots.forEach((slot) => slot.dispose()),
  };
}

/** TensorFlow adds epsilon to the uncorrected root, PyTorch to the corrected one: scaled by the correction they are the same. */
function scalarInputs({ learningRate, beta1, beta2, epsilon, step }: AdamSettings): tf.Scalar[] {
  const root = Math.sqrt(1 - Math.fround(beta2) ** step); // with the decay that the operation uses, which rounds it to float32
  const rate = (learningRate * root) / (1 - Math.fround(beta1) ** step); // in float64: the operation's own correction loses a digit
  return [0, 0, rate, beta1, beta2, epsilon * root].map((value) => tf.scalar(value, 'float32')); // powers of 0: corrected already
}

class Slot {
  readonly first: ResourceVariable;
  readonly second: ResourceVariable;
  private readonly twin: ResourceVariable;
  /** Of the contents that the variable was last pointed at. */
  private lastId = -1;
  private lastDataId: object | undefined;

  constructor(
    private readonly raw: RawOps,
    private readonly variable: tf.Variable,
  ) {
    [this.twin, this.first, this.second] = [0, 1, 2].map(() => resourceVariable(raw, variable.shape)) as [
      ResourceVariable,
      ResourceVariable,
      ResourceVariable,
    ];
    for (const moments of [this.first, this.second]) {
      const zeros = tf.fill(variable.shape, 0);
      moments.assign(tensorId(raw, zeros));
      zeros.dispose();
    }
  }

  update(gradient: tf.Tensor, { weightDecay }: AdamSettings, [power1, power2, ...numbers]: readonly number[]): void {
    const { raw, variable } = this;
    this.follow();
    const decayed = weightDecay === 0 ? gradient : tf.tidy(() => tf.add(gradient, tf.mul(variable, weightDecay)));
    const known = raw.tensorMap.get(variable.dataId)!;
    const isShared = known.refCount > 1; // somebody holds a clone, which must keep the old values
    if (!isShared) raw.binding.deleteTensor(known.id); // or the update would have to copy
    raw.binding.executeOp(
      'ResourceApplyAdam',
      [rawAttributes.type(raw), rawAttributes.bool(raw, 'use_locking', false), rawAttributes.bool(raw, 'use_nesterov', false)],
      [this.twin.handle, this.first.handle, this.second.handle, power1!, power2!, ...numbers, tensorId(raw, decayed)],
      0,
    );
    if (decayed !== gradient) decayed.dispose();
    this.pointAtTwin(isShared);
  }

  read(resource: ResourceVariable): Float32Array {
    const id = resource.read();
    const values = this.raw.binding.tensorDataSync(id).slice();
    this.raw.binding.deleteTensor(id);
    return values;
  }

  write(resource: ResourceVariable, values: Float32Array): void {
    const { binding } = this.raw;
    const id = binding.createTensor(this.variable.shape, binding.TF_FLOAT, values);
    resource.assign(id);
    binding.deleteTensor(id);
  }

  dispose(): void {
    for (const resource of [this.twin, this.first, this.second]) resource.dispose();
  }

  /** Takes the variable's contents over where they are not the twin's own. */
  private follow(): void {
    const id = tensorId(this.raw, this.variable);
    if (id === this.lastId && this.variable.dataId === this.lastDataId) return;
    this.twin.assign(id);
  }

  private pointAtTwin(isShared: boolean): void {
    const { raw, variable } = this;
    if (isShared) {
      const fresh = tf.zeros(variable.shape); // a place of its own for the new contents
      tensorId(raw, fresh);
      variable.assign(fresh);
      fresh.dispose();
      raw.binding.deleteTensor(raw.tensorMap.get(variable.dataId)!.id);
    }
    const known = raw.tensorMap.get(variable.dataId)!;
    known.id = this.twin.read();
    [this.lastId, this.lastDataId] = [known.id, variable.dataId];
  }
}
