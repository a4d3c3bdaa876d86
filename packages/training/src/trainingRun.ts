import { MgmtError } from '@mgmt/core';
import { layerRandomState, setLayerRandomState } from '@mgmt/nn';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Batch, BatchSource } from './batch.js';
import type { Checkpoint, Position } from './checkpoint.js';
import type { EpochRecord } from './epochRecord.js';
import type { FitOptions, FitResult } from './fit.js';
import { inputImages } from './inputImages.js';
import { isOutOfMemory, outOfMemory } from './outOfMemory.js';
import { nextTurn } from './predict.js';
import type { RunFolder } from './runFolder.js';
import { type Schedule, scheduleOf } from './schedules.js';
import type { SummaryValue } from './tensorBoardEvent.js';
import type { Trainer } from './trainer.js';
import type { TrainingConfig } from './trainingConfig.js';
import { untilAborted } from './untilAborted.js';
import { disposeBatch, validate, type Validation } from './validate.js';

/** What a {@link TrainingRun} works with. */
export interface TrainingRunParts extends Pick<
  FitOptions,
  'validation' | 'metrics' | 'patientOf' | 'checkpointEverySteps' | 'checkpointEverySeconds'
> {
  readonly model: LayersModel;
  readonly data: BatchSource;
  readonly config: TrainingConfig;
  readonly trainer: Trainer;
  readonly fingerprint: unknown;
  readonly folder: RunFolder | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: Required<FitOptions>['onEvent'];
  readonly now: Required<FitOptions>['now'];
}

/** One training on its way through the epochs: where it is, and what it has seen. */
export class TrainingRun {
  readonly #parts: TrainingRunParts;
  readonly #schedule: Schedule;
  #position: Position = { epoch: 0, batch: 0 };
  #running = NOTHING_YET;
  #history: readonly EpochRecord[] = [];
  #isSaved = false;
  /** False from the start of a step to its end: in between there is nothing to save. */
  #isWhole = true;
  /** When the last checkpoint within an epoch was due. */
  #safeUntil: number | undefined;
  /** Of the first batch that this process sees. */
  #images: Readonly<Record<string, SummaryValue>> | undefined;

  constructor(parts: TrainingRunParts) {
    this.#parts = parts;
    this.#schedule = scheduleOf(parts.config.schedule);
    const resumed = parts.folder?.resumed;
    if (!resumed) return;
    parts.trainer.restore(resumed.tensors, resumed.steps);
    setLayerRandomState(parts.model, resumed.layerDraws);
    this.#position = resumed.position;
    this.#running = resumed.running;
    this.#history = resumed.history;
    this.#isSaved = true;
  }

  /** Trains until the last epoch is done or the signal comes. Where data, metrics or the disk fail, what was learned is saved first. */
  async finish(): Promise<FitResult> {
    const { config, trainer, onEvent } = this.#parts;
    try {
      while (this.#position.epoch < config.epochs && (await this.#epoch())) await this.#save();
      await this.#save();
    } catch (error) {
      if (this.#isWhole) await this.#save().catch(() => undefined); // the first error tells more
      throw error;
    }
    const stopped = this.#position.epoch < config.epochs;
    if (stopped) onEvent({ kind: 'stopped', position: this.#position });
    return { history: this.#history, stopped, position: this.#position, steps: trainer.steps };
  }

  /** What remains of the epoch, its validation and its record. False where the signal came before. */
  async #epoch(): Promise<boolean> {
    const { folder, now, onEvent, signal } = this.#parts;
    if (signal.aborted) return false;
    const epoch = this.#position.epoch + 1;
    const begun = now() - 1000 * this.#running.seconds;
    if (this.#position.batch < this.#parts.data.batchesPerEpoch && !(await this.#steps(epoch, begun))) return false;
    const validation = await this.#validate();
    if (!validation) return false;
    const record: EpochRecord = {
      epoch,
      learningRate: this.#learningRate({ epoch: epoch - 1, batch: 0 }),
      trainLoss: this.#running.lossSum / this.#running.weight,
      ...validation.numbers,
      seconds: (now() - begun) / 1000,
    };
    await folder?.record(record, { ...validation.shown, ...this.#images });
    this.#images = undefined;
    this.#advance({ epoch, batch: 0 });
    this.#running = NOTHING_YET;
    this.#history = [...this.#history, record];
    onEvent({ kind: 'epoch', record });
    return true;
  }

  /** The steps of an epoch that were not done before. False where the signal came in between. */
  async #steps(epoch: number, begun: number): Promise<boolean> {
    const { data, trainer, signal, folder, now, checkpointEverySteps = Infinity, checkpointEverySeconds = 600 } = this.#parts;
    let batchNumber = this.#position.batch;
    for await (const batch of untilAborted(batchesFrom(data, epoch, batchNumber), signal, disposeBatch)) {
      try {
        if (folder && epoch === 1) this.#images ??= await inputImages(batch);
        await this.#step(batch, { epoch, batch: ++batchNumber });
      } finally {
        disposeBatch(batch);
      }
      const time = now();
      this.#running = { ...this.#running, seconds: (time - begun) / 1000 };
      const unsafeMs = time - (this.#safeUntil ??= time);
      if (trainer.steps % checkpointEverySteps === 0 || unsafeMs >= 1000 * checkpointEverySeconds) {
        await this.#save();
        this.#safeUntil = time;
      }
      await nextTurn();
    }
    if (signal.aborted) return false;
    if (batchNumber !== data.batchesPerEpoch) throw batchCount(epoch, data.batchesPerEpoch, batchNumber);
    return true;
  }

  async #step(batch: Batch, { epoch, batch: number }: Position): Promise<void> {
    const { config, data, model, trainer, onEvent } = this.#parts;
    const learningRate = this.#learningRate(this.#position);
    this.#isWhole = false;
    const loss = await trainer.step(batch, learningRate, { epoch, batch: number }).catch((error: unknown) => {
      throw isOutOfMemory(error) ? outOfMemory(error, batch, { model, loss: trainer.loss, config }) : error;
    });
    const weight = await trainer.loss.weight(batch.labels);
    const { lossSum, weight: weightBefore } = this.#running;
    this.#running = { ...this.#running, lossSum: lossSum + loss * weight, weight: weightBefore + weight };
    this.#advance({ epoch: epoch - 1, batch: number });
    this.#isWhole = true;
    const { batchesPerEpoch } = data;
    onEvent({ kind: 'step', epoch, epochs: config.epochs, batch: number, batchesPerEpoch, step: trainer.steps, loss, learningRate });
  }

  /** Nothing is known without validation data; undefined where the signal came in between. */
  async #validate(): Promise<Validation | undefined> {
    const { validation, trainer } = this.#parts;
    return validation ? validate({ ...this.#parts, validation, loss: trainer.loss, average: trainer.average }) : { numbers: {}, shown: {} };
  }

  #learningRate({ epoch, batch }: Position): number {
    const { trainer, data } = this.#parts;
    return trainer.learningRate * this.#schedule(epoch + batch / data.batchesPerEpoch);
  }

  #advance(position: Position): void {
    this.#position = position;
    this.#isSaved = false;
  }

  async #save(): Promise<void> {
    const { folder, trainer, fingerprint } = this.#parts;
    if (!folder || this.#isSaved) return;
    const checkpoint: Checkpoint = {
      position: this.#position,
      steps: trainer.steps,
      fingerprint,
      history: this.#history,
      running: this.#running,
      layerDraws: layerRandomState(this.#parts.model),
      tensors: await trainer.read(),
    };
    await folder.save(checkpoint);
    this.#isSaved = true;
  }
}

/** The batches of an epoch from one on; where the source has to begin at the first, those before are dropped. */
async function* batchesFrom(data: BatchSource, epoch: number, first: number): AsyncGenerator<Batch> {
  if (first > 0 && data.batchesFrom) return yield* data.batchesFrom(epoch, first);
  let number = 0;
  for await (const batch of data.batches(epoch)) {
    if (number++ >= first) yield batch;
    else disposeBatch(batch);
  }
}

const NOTHING_YET = { lossSum: 0, weight: 0, seconds: 0 };

function batchCount(epoch: number, expected: number, found: number): MgmtError {
  return new MgmtError(`epoch ${epoch} is not as long as the data said`, {
    code: 'training/batch-count',
    expected: `${expected} batches`,
    found: `${found}`,
  });
}
