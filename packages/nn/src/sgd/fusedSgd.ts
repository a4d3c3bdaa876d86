import * as tf from '@tensorflow/tfjs';
import { rawAttributes, type RawOps } from '../backend/rawOps.js';
import { type ResourceVariable, tensorId, zeroResource } from '../backend/resourceVariable.js';
import { type TwinVariable, twinVariable } from '../backend/twinVariable.js';
import { scaledGradient } from './scaledGradient.js';
import type { SgdKernel, SgdSettings } from './sgd.js';

/** Gradient descent by TensorFlow's `ResourceApplyMomentum`, or `ResourceApplyGradientDescent` without momentum, in place. */
export function fusedSgd(raw: RawOps, variables: readonly tf.Variable[], { momentum, nesterov, weightDecay }: SgdSettings): SgdKernel {
  const twins = variables.map((variable) => twinVariable(raw, variable));
  const velocities = momentum === 0 ? [] : variables.map(({ shape }) => zeroResource(raw, shape));
  const attributes = [rawAttributes.type(raw), rawAttributes.bool(raw, 'use_locking', false)];
  const lookAhead = rawAttributes.bool(raw, 'use_nesterov', nesterov);

  function change(twin: TwinVariable, velocity: ResourceVariable | undefined, rate: number, gradient: number, kept: number): void {
    twin.update(({ handle }) => {
      if (velocity) {
        raw.binding.executeOp('ResourceApplyMomentum', [...attributes, lookAhead], [handle, velocity.handle, rate, gradient, kept], 0);
      } else {
        raw.binding.executeOp('ResourceApplyGradientDescent', attributes, [handle, rate, gradient], 0);
      }
    });
  }

  return {
    update(gradients, { learningRate, gradientScale = 1 }) {
      tf.tidy(() => {
        const [rate, kept] = [learningRate, momentum].map((value) => tensorId(raw, tf.scalar(value, 'float32')));
        variables.forEach((variable, i) =>
          tf.tidy(() => {
            const gradient = scaledGradient(gradients[i]!, variable, weightDecay, gradientScale);
            change(twins[i]!, velocities[i], rate!, tensorId(raw, gradient), kept!);
          }),
        );
      });
    },
    readVelocities: () => velocities.map((velocity) => velocity.values()),
    restoreVelocities: (arrays) => arrays.forEach((values, i) => velocities[i]!.setValues(values)),
    dispose: () => [...twins, ...velocities].forEach((resource) => resource.dispose()),
  };
}
