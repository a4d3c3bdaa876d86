import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { BatchNorm } from './layers/BatchNorm.js';
import { Relu } from './layers/Relu.js';

/**
 * The forward pass of training: what `model.apply(inputs, { training: true })` gives, but every tensor between two layers is freed when the last layer that
 * takes it has run, unless a gradient needs it. tfjs keeps all of them to the end: a third to a half more memory.
 *
 * @param inputs - one for each input of the model, `[b, ...]`; they stay the caller's
 * @returns the model's only output, `[b, ...]`
 * @throws `MgmtError` `nn/not-one-output`
 * @example
 * const { loss, gradients } = lossAndGradients(variables, () => sigmoidCrossEntropy(trainingPass(model, images), labels));
 */
export function trainingPass(model: tf.LayersModel, inputs: tf.Tensor | readonly tf.Tensor[]): tf.Tensor {
  const { steps, inputIds, outputId } = planOf(model);
  const given = Array.isArray(inputs) ? (inputs as readonly tf.Tensor[]) : [inputs as tf.Tensor];
  const values = new Map(inputIds.map((id, i) => [id, given[i]!]));
  for (const { layer, takes, gives, frees, rectified } of steps) {
    const taken = takes.map((id) => values.get(id)!);
    const made = layer.apply(taken.length === 1 ? taken[0]! : taken, { training: true, rectified }) as tf.Tensor | tf.Tensor[];
    (Array.isArray(made) ? made : [made]).forEach((y, i) => values.set(gives[i]!, y));
    for (const id of frees) values.get(id)!.dispose();
  }
  return values.get(outputId)!;
}

/** A model's layers in an order in which they can run. */
interface Plan {
  readonly steps: readonly Step[];
  readonly inputIds: readonly number[];
  readonly outputId: number;
}

interface Step {
  readonly layer: tf.layers.Layer;
  readonly takes: readonly number[];
  readonly gives: readonly number[];
  /** What nothing takes any more after it. */
  readonly frees: readonly number[];
  /** A batch norm whose output only a rectifier takes: one step for both. */
  readonly rectified: boolean;
}

/** Where tfjs keeps the uses of layers by their distance from the output; it calls that private. */
interface Graph {
  readonly nodesByDepth: Readonly<Record<string, readonly Node[]>>;
}

/** One use of a layer in a model. */
interface Node {
  readonly outboundLayer: tf.layers.Layer;
  readonly inputTensors: readonly tf.SymbolicTensor[];
  readonly outputTensors: readonly tf.SymbolicTensor[];
}

const plans = new WeakMap<tf.LayersModel, Plan>();

function planOf(model: tf.LayersModel): Plan {
  const known = plans.get(model);
  if (known) return known;
  if (model.outputs.length !== 1) {
    throw new MgmtError('the model has not one output', {
      code: 'nn/not-one-output',
      found: `${model.outputs.length} outputs`,
      hint: 'join them by a layer, or run the model by its own apply()',
    });
  }
  const plan = makePlan(model);
  plans.set(model, plan);
  return plan;
}

function makePlan(model: tf.LayersModel): Plan {
  if (model.getClassName() === 'Sequential') (model as tf.Sequential).build();
  const { nodesByDepth } = ((model as unknown as { readonly model?: Graph }).model ?? model) as unknown as Graph; // a Sequential has one inside
  const inputIds = model.inputs.map(({ id }) => id);
  const outputId = model.outputs[0]!.id;
  const nodes = Object.keys(nodesByDepth)
    .map(Number)
    .sort((a, b) => b - a)
    .flatMap((depth) => nodesByDepth[depth]!)
    .filter(({ outputTensors }) => !inputIds.includes(outputTensors[0]!.id));
  const kept = new Set([...inputIds, outputId]);
  const steps: Step[] = [];
  for (const { outboundLayer, inputTensors, outputTensors } of nodes.reverse()) {
    const takes = inputTensors.map(({ id }) => id);
    const gives = outputTensors.map(({ id }) => id);
    const frees = [...new Set([...takes, ...gives])].filter((id) => !kept.has(id)); // walking back, the first use met is the last one
    frees.forEach((id) => kept.add(id));
    steps.unshift({ layer: outboundLayer, takes, gives, frees, rectified: false });
  }
  return { steps: joined(steps), inputIds, outputId };
}

/** Rectifiers go into the batch norms before them, where nothing else takes what lies between. */
function joined(steps: readonly Step[]): Step[] {
  const uses = new Map<number, number>();
  for (const id of steps.flatMap(({ takes }) => takes)) uses.set(id, (uses.get(id) ?? 0) + 1);
  const rectifiers = new Map(steps.flatMap((step) => (step.layer instanceof Relu ? [[step.takes[0]!, step] as const] : [])));
  const gone = new Set<Step>();
  const taken = steps.map((step): Step => {
    const [between] = step.gives as [number];
    const rectifier = rectifiers.get(between);
    if (!(step.layer instanceof BatchNorm) || !rectifier || uses.get(between) !== 1) return step;
    gone.add(rectifier);
    return { ...step, gives: rectifier.gives, frees: [...step.frees, ...rectifier.frees.filter((id) => id !== between)], rectified: true };
  });
  return taken.filter((_, i) => !gone.has(steps[i]!));
}
