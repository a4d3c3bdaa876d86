import { dispose, type LayersModel } from '@tensorflow/tfjs';
import { type Batch, type BatchSource, batchTensors } from './batch.js';
import { byPatient } from './byPatient.js';
import type { FitOptions } from './fit.js';
import { histogramOf } from './histogram.js';
import type { Loss } from './losses/loss.js';
import { evaluate } from './predict.js';
import type { SummaryValue } from './tensorBoardEvent.js';
import { untilAborted } from './untilAborted.js';
import type { WeightAverage } from './weightAverage.js';

/** What is known of a model by its validation. */
export interface Validation {
  /** Of the epoch's record: `validationLoss` and the metrics, null where one is no finite number; of the mean of weights the same under `average/`. */
  readonly numbers: Readonly<Record<string, number | null>>;
  /** What TensorBoard shows beside them. */
  readonly shown: Readonly<Record<string, SummaryValue>>;
}

/** What {@link validate} works with. */
export interface ValidationParts extends Pick<FitOptions, 'metrics' | 'patientOf'> {
  readonly model: LayersModel;
  readonly validation: BatchSource;
  readonly loss: Loss;
  /** Is scored too, once it has begun. */
  readonly average: WeightAverage | undefined;
  readonly signal: AbortSignal;
}

/** Loss and metrics on the validation data; undefined where the signal came in between. */
export async function validate(parts: ValidationParts): Promise<Validation | undefined> {
  const last = await score(parts);
  if (!last || !parts.average?.hasBegun) return last;
  const average = await parts.average.during(() => score(parts));
  if (!average) return undefined;
  const renamed = Object.entries(average.numbers).map(([name, value]) => [`average/${name}`, value] as const);
  return { ...last, numbers: { ...last.numbers, ...Object.fromEntries(renamed) } };
}

async function score({ model, validation, metrics = {}, patientOf, loss, signal }: ValidationParts): Promise<Validation | undefined> {
  const { batchesPerEpoch } = validation;
  const source: BatchSource = { batchesPerEpoch, batches: (epoch) => untilAborted(validation.batches(epoch), signal, disposeBatch) };
  const scored = await evaluate(model, source, loss, signal);
  if (!scored || signal.aborted) return undefined;
  const { labels, probabilities, ids } = patientOf ? byPatient(scored, patientOf) : scored;
  const values = Object.entries(metrics).map(([name, metric]) => {
    const value = metric(labels as ArrayLike<number> as ArrayLike<0 | 1>, probabilities, ids);
    return [name, Number.isFinite(value) ? value : null] as const;
  });
  return {
    numbers: { validationLoss: scored.loss, ...Object.fromEntries(values) },
    shown: { 'predictions/validation': histogramOf(probabilities) },
  };
}

/** Frees what came with a batch. */
export const disposeBatch = (batch: Batch) => dispose(batchTensors(batch));
