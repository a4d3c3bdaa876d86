import { isMgmtError, MgmtError } from '@mgmt/core';
import { lossAndGradients, trainableVariables, trainingPass, withPrecision } from '@mgmt/nn';
import { backend, dispose, type LayersModel, slice, type Tensor } from '@tensorflow/tfjs';
import { type Batch, inputsOf } from './batch.js';
import type { Loss } from './losses/loss.js';
import { partSizes } from './microBatches.js';
import type { TrainingConfig } from './trainingConfig.js';

/** True for what backends throw where the device, or the host, has no memory for a tensor. */
export function isOutOfMemory(error: unknown): error is Error {
  return error instanceof Error && !isMgmtError(error) && MESSAGES.some((message) => message.test(error.message));
}

/** TensorFlow on any device, its oneDNN; CUDA's own; JavaScript's arrays; WebGPU; WebAssembly's. */
const MESSAGES = [
  /OOM when allocating tensor/,
  /Dst tensor is not initialized/, // TensorFlow, of a copy to a full GPU
  /Status: 1, message: could not create/, // oneDNN's dnnl_out_of_memory
  /CUDA_ERROR_OUT_OF_MEMORY|CUDNN_STATUS_ALLOC_FAILED/,
  /Array buffer allocation failed/,
  /out of memory/i,
  /(?:enlarge|grow) memory/i,
];

/** What a step is made of. */
export interface StepParts {
  readonly model: LayersModel;
  readonly loss: Loss;
  readonly config: Pick<TrainingConfig, 'microBatch' | 'precision'>;
}

/**
 * The error for the user. Where that is safe it says how many inputs at once the device has memory for: the largest of the halves, quarters, … of what was
 * too much, found by trying.
 *
 * @param error - what the backend threw
 * @param batch - of the step; stays the caller's
 */
export function outOfMemory(error: Error, batch: Batch, step: StepParts): MgmtError {
  const atOnce = partSizes(batch.ids.length, step.config.microBatch)[0]!;
  const fits = mayTry() ? largestThatFits(atOnce, (size) => tryStep(batch, size, step)) : undefined;
  const shape = /shape ?\[([\d,]+)\]/.exec(error.message)?.[1];
  return new MgmtError(`the device has no memory for a step with ${atOnce} inputs at once`, {
    code: 'training/out-of-memory',
    ...(shape && { where: `a tensor of shape [${shape.split(',').join(', ')}]` }),
    ...(fits && { expected: `at most ${fits} at once` }),
    found: `${atOnce}`,
    hint: hintFor(atOnce, fits),
    cause: error,
  });
}

function hintFor(atOnce: number, fits: number | undefined): string {
  const sameSteps = (size: number) =>
    `microBatch: ${size} in the config takes the same steps in that memory; what the last checkpoint holds is safe`;
  if (fits !== undefined) return `${fits} were tried and fit: ${sameSteps(fits)}`;
  if (atOnce > 1 && !mayTry()) return `begin with half as many: ${sameSteps(Math.floor(atOnce / 2))}`;
  return 'not even one fits: take smaller inputs, a smaller network, or a device with more memory';
}

/** TensorFlow's oneDNN, on the CPU, may end the process where it gets no memory. */
const mayTry = () => (backend() as { readonly isUsingGpuDevice?: boolean }).isUsingGpuDevice !== false;

function largestThatFits(inputs: number, tryOut: (inputs: number) => void): number | undefined {
  for (let size = Math.floor(inputs / 2); size >= 1; size = Math.floor(size / 2)) {
    try {
      tryOut(size);
      return size;
    } catch {
      continue; // on a full device not every operation names the reason
    }
  }
  return undefined;
}

/** Computes what a step computes of the batch's first inputs, and learns nothing. */
function tryStep(batch: Batch, size: number, { model, loss, config: { precision = 'float32' } }: StepParts): void {
  const made: Tensor[] = [];
  const first = (tensor: Tensor) => {
    made.push(slice(tensor, 0, size));
    return made.at(-1)!;
  };
  try {
    const [inputs, labels] = [inputsOf(batch).map(first), first(batch.labels)];
    const objective = () => withPrecision(precision, () => loss.mean(labels, trainingPass(model, inputs)));
    const computed = lossAndGradients(trainableVariables(model), objective);
    made.push(computed.loss, ...computed.gradients);
  } finally {
    dispose(made);
  }
}
