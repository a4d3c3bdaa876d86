import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { sum } from './ops/sum.js';

/** A loss and its gradients; all of them are the caller's to dispose. */
export interface LossAndGradients {
  readonly loss: tf.Scalar;
  /** One for each variable, in their order. */
  readonly gradients: readonly tf.Tensor[];
}

/**
 * The gradients of a loss. What `tf.variableGrads` computes, but everything that the forward pass kept is freed as soon as the backward pass is
 * through with it, not at the end: about half the memory.
 *
 * @param variables - to differentiate by; each must have a part in the loss
 * @param computeLoss - runs the model, with `{ training: true }` where it has batch norms
 * @throws `MgmtError` `nn/no-gradient` where a variable has no part in the loss
 * @example
 * const { loss, gradients } = lossAndGradients(trainableVariables(model), () =>
 *   sigmoidCrossEntropy(model.apply(images, { training: true }) as tf.Tensor, labels),
 * );
 */
export function lossAndGradients(variables: readonly tf.Variable[], computeLoss: () => tf.Scalar): LossAndGradients {
  const recorder = tf.engine() as unknown as Recorder;
  return tf.tidy(() => {
    const { loss, tape } = record(recorder, computeLoss);
    try {
      const gradients = walkBack(tape, variables, loss);
      return { loss, gradients: variables.map((variable) => gradients.get(variable.id) ?? fail(variable)) };
    } finally {
      release(tape);
    }
  });
}

function record(recorder: Recorder, computeLoss: () => tf.Scalar): { readonly loss: tf.Scalar; readonly tape: readonly TapeNode[] } {
  let loss: tf.Scalar | undefined;
  recorder.startTape();
  try {
    loss = tf.tidy(computeLoss); // frees all but what the tape has saved
  } finally {
    recorder.endTape();
    if (!loss) release(recorder.state.activeTape ?? []);
  }
  const tape = recorder.state.activeTape ?? [];
  recorder.state.activeTape = null;
  return { loss, tape };
}

function release(tape: readonly TapeNode[]): void {
  for (const { saved } of tape) tf.dispose([...(saved ?? [])]);
}

/** What tfjs's engine records while a tape is on; its types call this private, and it has no public way to free a tape early. */
interface Recorder {
  startTape(): void;
  endTape(): void;
  readonly state: { activeTape: TapeNode[] | null };
}

interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly outputs: readonly tf.Tensor[];
  /** Copies of handles, kept for the gradient. */
  readonly saved?: readonly tf.Tensor[];
  readonly gradient?: (dys: readonly (tf.Tensor | null)[]) => Readonly<Record<string, () => tf.Tensor>>;
}

function walkBack(tape: readonly TapeNode[], variables: readonly tf.Variable[], loss: tf.Scalar): ReadonlyMap<number, tf.Tensor> {
  const reached = reachedFrom(tape, variables);
  const wanted = new Set(variables.map(({ id }) => id));
  const gradients = new Map<number, tf.Tensor>([[loss.id, tf.onesLike(loss)]]);
  for (const node of [...tape].reverse()) {
    const dys = node.outputs.map(({ id }) => gradients.get(id) ?? null);
    const names = Object.keys(node.inputs).filter((name) => reached.has(node.inputs[name]!.id));
    if (names.length > 0 && dys.some((dy) => dy !== null)) {
      const dxs = gradientsOf(node, names, dys);
      names.forEach((name, i) => accumulate(gradients, node.inputs[name]!.id, dxs[i]!));
    }
    for (const { id } of node.outputs) {
      if (wanted.has(id)) continue;
      gradients.get(id)?.dispose();
      gradients.delete(id);
    }
    release([node]);
  }
  return gradients;
}

/** The gradients for the inputs of these names, each a tensor of its own. */
function gradientsOf(node: TapeNode, names: readonly string[], dys: readonly (tf.Tensor | null)[]): tf.Tensor[] {
  const { gradient } = node;
  if (!gradient) throw new MgmtError(`the operation ${node.kernelName} has no gradient`, { code: 'nn/no-gradient' });
  return tf.tidy(() => {
    const given = new Set<tf.Tensor | null>(dys);
    const thunks = gradient(dys);
    return names.map((name) => {
      const dx = thunks[name]!();
      if (!given.has(dx)) {
        given.add(dx);
        return dx;
      }
      return dx.clone(); // some gradients hand the same tensor on, or out twice
    });
  });
}

function accumulate(gradients: Map<number, tf.Tensor>, id: number, dx: tf.Tensor): void {
  const before = gradients.get(id);
  gradients.set(id, before ? sum(before, dx) : dx);
  if (before) tf.dispose([before, dx]);
}

function reachedFrom(tape: readonly TapeNode[], variables: readonly tf.Variable[]): ReadonlySet<number> {
  const reached = new Set(variables.map(({ id }) => id));
  for (const { inputs, outputs } of tape) {
    if (Object.values(inputs).some(({ id }) => reached.has(id))) for (const { id } of outputs) reached.add(id);
  }
  return reached;
}

function fail(variable: tf.Variable): never {
  throw new MgmtError('the loss does not depend on a variable', {
    code: 'nn/no-gradient',
    where: variable.name,
    hint: 'leave it out of the variables, or use it in the loss',
  });
}
