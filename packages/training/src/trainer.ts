import { MgmtError, rng } from '@mgmt/core';
import {
  type Augment,
  augmentation,
  type ImageBatch,
  type LossAndGradients,
  lossAndGradients,
  type Safetensors,
  trainableVariables,
  trainingPass,
  type WeightTensor,
  withPrecision,
} from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { type Batch, inputsOf } from './batch.js';
import { clipGradients } from './clipGradients.js';
import { type Loss, lossOf } from './losses/loss.js';
import { type Examples, inMicroBatches } from './microBatches.js';
import { modelWeights, type NamedWeight } from './modelWeights.js';
import type { Optimizer, OptimizerState } from './optimizers/optimizer.js';
import { optimizerOf } from './optimizers/optimizerOf.js';
import type { TrainingConfig } from './trainingConfig.js';
import { WeightAverage } from './weightAverage.js';

/** Where in a run something happened. */
export interface Moment {
  readonly epoch: number;
  readonly batch: number;
}

/** A model with its loss and its optimizer: what a training step changes, on the device. It owns the optimizer's state and the mean, not the model. */
export class Trainer {
  readonly loss: Loss;
  /** The mean of the weights, where the config asks for one. */
  readonly average: WeightAverage | undefined;
  readonly #model: tf.LayersModel;
  readonly #weights: readonly NamedWeight[];
  readonly #trainable: readonly tf.Variable[];
  readonly #optimizer: Optimizer;
  readonly #state: OptimizerState;
  readonly #config: TrainingConfig;
  readonly #augment: Augment | undefined;

  constructor(model: tf.LayersModel, config: TrainingConfig) {
    this.#model = model;
    this.#config = config;
    this.#weights = modelWeights(model);
    this.#trainable = trainableVariables(model);
    this.#optimizer = optimizerOf(config.optimizer);
    this.#state = this.#optimizer.init(this.#trainable);
    this.loss = lossOf(config.loss);
    this.average = config.average && new WeightAverage(this.#trainable, config.average);
    this.#augment = config.augmentation && augmentation(config.augmentation.steps);
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
   * @param moment - for the error, and the augmentation's draws
   * @returns the loss before the step
   * @throws `MgmtError` `training/loss-not-finite`; the optimizer has then changed nothing
   */
  async step(batch: Batch, learningRate: number, moment: Moment): Promise<number> {
    const { loss, gradients } = await this.#lossAndGradients(batch, moment);
    let clipped: readonly tf.Tensor[] = [];
    try {
      const [value] = await loss.data();
      if (!Number.isFinite(value)) throw lossNotFinite(value!, batch, this.#state.steps + 1, moment);
      if (this.#config.clip) clipped = clipGradients(gradients, this.#config.clip);
      this.#optimizer.update(this.#config.clip ? clipped : gradients, this.#state, learningRate);
      this.average?.update(this.#state.steps);
      return value!;
    } finally {
      tf.dispose([loss, ...gradients, ...clipped]);
    }
  }

  async #lossAndGradients(batch: Batch, moment: Moment): Promise<LossAndGradients> {
    const inputs = inputsOf(batch);
    const changed = this.#augment && this.#augmented(inputs, this.#augment, moment);
    try {
      return await inMicroBatches(
        { inputs: changed ?? inputs, labels: batch.labels },
        this.#config.microBatch,
        this.loss.weight,
        (part, share) =>
          lossAndGradients(this.#trainable, () => withPrecision(this.#config.precision ?? 'float32', () => this.#objective(part, share))),
      );
    } finally {
      if (changed) tf.dispose(changed);
    }
  }

  /** New tensors. Every input of a case draws the same, whichever of the model's inputs it is for. */
  #augmented(inputs: readonly tf.Tensor[], augment: Augment, { epoch, batch }: Moment): tf.Tensor[] {
    const random = rng(this.#config.augmentation!.seed).child('augment').child(epoch).child(batch);
    return tf.tidy(() => inputs.map((images) => augment(images as ImageBatch, random)));
  }

  /** Loss of some examples plus the penalties that the model's own regularizers ask for, times their share of the batch. */
  #objective({ inputs, labels }: Examples, share?: number): tf.Scalar {
    const logits = trainingPass(this.#model, inputs);
    const objective = this.#model
      .calculateLosses()
      .reduce<tf.Scalar>((sum, penalty) => tf.add(sum, penalty), this.loss.mean(labels, logits));
    return share === undefined ? objective : tf.mul(objective, share);
  }

  /** By which a checkpoint of another model is told: the shapes of its weights, and how many of them it learns. */
  get signature(): { readonly shapes: readonly number[][]; readonly trainable: number } {
    return { shapes: this.#weights.map(({ variable }) => variable.shape), trainable: this.#trainable.length };
  }

  /**
   * A copy of everything that a step changes: the weights under their names, then what the optimizer remembers under `optimizer/<slot>/<weight>`, then
   * the mean of the weights, where it has begun, under `average/<weight>`.
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
    const remember = (group: string, arrays: readonly Float32Array[]) =>
      this.#trainable.forEach((variable, i) => {
        tensors.set(`${group}/${names.get(variable)!}`, { shape: variable.shape, data: arrays[i]! });
      });
    for (const [slot, arrays] of Object.entries(this.#state.read())) remember(`optimizer/${slot}`, arrays);
    const mean = await this.average?.read();
    if (mean) remember('average', mean);
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
    const mean: Float32Array[] = [];
    for (const [name, { data }] of memory) {
      const [group, slot] = name.split('/');
      (group === 'average' ? mean : (slots[slot!] ??= [])).push(data as Float32Array);
    }
    this.#state.restore(slots);
    this.#state.steps = steps;
    if (mean.length > 0) this.average?.restore(mean);
  }

  /** Frees the optimizer's state and the mean; the model stays. */
  dispose(): void {
    this.#state.dispose();
    this.average?.dispose();
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
