import { MgmtError } from '@mgmt/core';
import {
  lossAndGradients,
  type Precision,
  type Safetensors,
  trainableVariables,
  trainingPass,
  type WeightTensor,
  withPrecision,
} from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import type { Batch } from './batch.js';
import { type Loss, lossOf } from './losses.js';
import { modelWeights, type NamedWeight } from './modelWeights.js';
import type { Optimizer, OptimizerState } from './optimizers/optimizer.js';
import { optimizerOf, type TrainingConfig } from './trainingConfig.js';

/** Where in a run something happened. */
export interface Moment {
  readonly epoch: number;
  readonly batch: number;
}

/** A model with its loss and its optimizer: what a training step changes, on the device. It owns the optimizer's state, not the model. */
export class Trainer {
  readonly loss: Loss;
  readonly #model: tf.LayersModel;
  readonly #weights: readonly NamedWeight[];
  readonly #trainable: readonly tf.Variable[];
  readonly #optimizer: Optimizer;
  readonly #state: OptimizerState;
  readonly #precision: Precision;

  constructor(model: tf.LayersModel, config: TrainingConfig) {
    this.#model = model;
    this.#weights = modelWeights(model);
    this.#trainable = trainableVariables(model);
    this.#optimizer = optimizerOf(config.optimizer);
    this.#state = this.#optimizer.init(this.#trainable);
    this.loss = lossOf(config.loss);
    this.#precision = config.precision ?? 'float32';
  }

  /** The rate that the schedule's factor multiplies. */
  get learningRate(): number {
    return this.#optimizer.learningRate;
  }

  /** Updates of the weights so far. */
  get steps(): number {
    return this.#state.steps;
  }

  /**
   * Moves the weights by one batch.
   *
   * @param batch - stays the caller's
   * @param moment - for the error
   * @returns the loss before the step
   * @throws `MgmtError` `training/loss-not-finite`; the optimizer has then changed nothing
   */
  async step(batch: Batch, learningRate: number, moment: Moment): Promise<number> {
    const { loss, gradients } = lossAndGradients(this.#trainable, () => withPrecision(this.#precision, () => this.#objective(batch)));
    try {
      const [value] = await loss.data();
      if (!Number.isFinite(value)) throw lossNotFinite(value!, batch, this.#state.steps + 1, moment);
      this.#optimizer.update(gradients, this.#state, learningRate);
      return value!;
    } finally {
      tf.dispose([loss, ...gradients]);
    }
  }

  /** Loss of a batch plus the penalties that the model's own regularizers ask for. */
  #objective({ inputs, labels }: Batch): tf.Scalar {
    const logits = trainingPass(this.#model, inputs);
    return this.#model.calculateLosses().reduce<tf.Scalar>((sum, penalty) => tf.add(sum, penalty), this.loss(labels, logits));
  }

  /** By which a checkpoint of another model is told: the shapes of its weights, and how many of them it learns. */
  get signature(): { readonly shapes: readonly number[][]; readonly trainable: number } {
    return { shapes: this.#weights.map(({ variable }) => variable.shape), trainable: this.#trainable.length };
  }

  /**
   * A copy of everything that a step changes: the weights under their names, then what the optimizer remembers under `optimizer/<slot>/<weight>`.
   *
   * @throws `MgmtError` `training/weights-not-finite` naming the first tensor that holds a NaN or an infinity
   */
  async read(): Promise<Safetensors['tensors']> {
    const tensors = new Map<string, WeightTensor<Float32Array | Int32Array>>();
    for (const { name, variable } of this.#weights) {
      const data = (await variable.data()) as Float32Array | Int32Array;
      tensors.set(name, { shape: variable.shape, data: data.slice() });
    }
    const names = new Map(this.#weights.map(({ name, variable }) => [variable, name]));
    for (const [slot, arrays] of Object.entries(this.#state.read())) {
      this.#trainable.forEach((variable, i) => {
        tensors.set(`optimizer/${slot}/${names.get(variable)!}`, { shape: variable.shape, data: arrays[i]! });
      });
    }
    for (const [name, { data }] of tensors) if (!data.every(Number.isFinite)) throw weightsNotFinite(name, this.#state.steps);
    return tensors;
  }

  /**
   * Puts back what {@link Trainer.read} gave. Weights go by their order: automatic layer names count up within a process, so that the same model may
   * bear others.
   *
   * @param tensors - of a model of these shapes
   * @param steps - updates made until then
   */
  restore(tensors: Safetensors['tensors'], steps: number): void {
    const [weights, memory] = [[...tensors].slice(0, this.#weights.length), [...tensors].slice(this.#weights.length)];
    this.#weights.forEach(({ variable }, i) => {
      const [, { data, shape }] = weights[i]!;
      tf.tidy(() => variable.assign(tf.tensor(data as Float32Array | Int32Array, [...shape], variable.dtype)));
    });
    const slots: Record<string, Float32Array[]> = {};
    for (const [name, { data }] of memory) (slots[name.split('/')[1]!] ??= []).push(data as Float32Array);
    this.#state.restore(slots);
    this.#state.steps = steps;
  }

  /** Frees the optimizer's state; the model stays. */
  dispose(): void {
    this.#state.dispose();
  }
}

function lossNotFinite(loss: number, { ids }: Batch, step: number, { epoch, batch }: Moment): MgmtError {
  return new MgmtError(`the loss of step ${step} (epoch ${epoch}, batch ${batch}) is not a number to go on with`, {
    code: 'training/loss-not-finite',
    where: `cases ${ids.join(', ')}`,
    expected: 'a finite loss',
    found: `${loss}`,
    hint: 'look at the values of these cases, or take a smaller learning rate; the last checkpoint is whole',
  });
}

function weightsNotFinite(name: string, steps: number): MgmtError {
  return new MgmtError(`after step ${steps} the tensor ${name} holds a value that is not finite`, {
    code: 'training/weights-not-finite',
    hint: 'take a smaller learning rate; the last checkpoint is whole',
  });
}
