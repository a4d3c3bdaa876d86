import * as tf from '@tensorflow/tfjs';
import { rawAttributes, type RawOps } from '../backend/rawOps.js';
import { tensorId, zeroResource } from '../backend/resourceVariable.js';
import { twinVariable } from '../backend/twinVariable.js';
import type { AdamKernel, AdamSettings } from './adam.js';

/** Adam by TensorFlow's `ResourceApplyAdam`, in place. */
export function fusedAdam(raw: RawOps, variables: readonly tf.Variable[]): AdamKernel {
  const slots = variables.map((variable) => slot(raw, variable));
  return {
    update(gradients, settings) {
      const scalars = scalarInputs(settings); // of all variables
      const ids = scalars.map((t) => tensorId(raw, t));
      slots.forEach(({ update }, i) => update(gradients[i]!, settings.weightDecay, settings.decoupledDecay?.[i] ?? 0, ids));
      tf.dispose(scalars);
    },
    readMoments: () => ({ first: slots.map(({ first }) => first.values()), second: slots.map(({ second }) => second.values()) }),
    restoreMoments(moments) {
      slots.forEach(({ first, second }, i) => {
        first.setValues(moments.first[i]!);
        second.setValues(moments.second[i]!);
      });
    },
    dispose: () => slots.forEach(({ twin, first, second }) => [twin, first, second].forEach((resource) => resource.dispose())),
  };
}

/** TensorFlow adds epsilon to the uncorrected root, PyTorch to the corrected one: scaled by the correction they are the same. */
function scalarInputs({ learningRate, beta1, beta2, epsilon, step }: AdamSettings): tf.Scalar[] {
  const root = Math.sqrt(1 - Math.fround(beta2) ** step); // with the decay that the operation uses, which rounds it to float32
  const rate = (learningRate * root) / (1 - Math.fround(beta1) ** step); // in float64: the operation's own correction loses a digit
  return [0, 0, rate, beta1, beta2, epsilon * root].map((value) => tf.scalar(value, 'float32')); // powers of 0: corrected already
}

/** A variable with its moments. */
function slot(raw: RawOps, variable: tf.Variable) {
  const { binding } = raw;
  const twin = twinVariable(raw, variable);
  const [first, second] = [zeroResource(raw, variable.shape), zeroResource(raw, variable.shape)];
  const type = rawAttributes.type(raw);
  const noLock = rawAttributes.bool(raw, 'use_locking', false);
  const noNesterov = rawAttributes.bool(raw, 'use_nesterov', false);

  function update(gradient: tf.Tensor, weightDecay: number, decoupledDecay: number, [power1, power2, ...numbers]: readonly number[]): void {
    const decayed = weightDecay === 0 ? gradient : tf.tidy(() => tf.add(gradient, tf.mul(variable, weightDecay)));
    const decay = decoupledDecay === 0 ? undefined : tf.scalar(decoupledDecay, 'float32');
    twin.update(({ handle, read }) => {
      if (decay) {
        const before = read();
        binding.executeOp('ResourceApplyGradientDescent', [type, noLock], [handle, tensorId(raw, decay), before], 0); // w - decay w
        binding.deleteTensor(before);
      }
      const inputs = [handle, first.handle, second.handle, power1!, power2!, ...numbers, tensorId(raw, decayed)];
      binding.executeOp('ResourceApplyAdam', [type, noLock, noNesterov], inputs, 0);
    });
    decay?.dispose();
    if (decayed !== gradient) decayed.dispose();
  }
  return { twin, first, second, update };
}
