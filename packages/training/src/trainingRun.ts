import { MgmtError } from '@mgmt/core';
import { dispose, type LayersModel } from '@tensorflow/tfjs';
import type { BatchSource } from './batch.js';
import type { Checkpoint, Position } from './checkpoint.js';
import type { EpochRecord } from './epochRecord.js';
import type { FitOptions, FitResult } from './fit.js';
import { batchTensors, evaluate, nextTurn } from './predict.js';
import type { RunFolder } from './runFolder.js';
import { type Schedule, scheduleOf } from './schedules.js';
import type { Trainer } from './trainer.js';
import type { TrainingConfig } from './trainingConfig.js';

/** What a {@link TrainingRun} works with. */
export interface TrainingRunParts extends Pick<FitOptions, 'validation' | 'metrics' | 'checkpointEverySteps' | 'signal'> {
  readonly model: LayersModel;
  readonly data: BatchSource;
  readonly config: TrainingConfig;
  readonly trainer: Trainer;
  readonly fingerprint: unknown;
  readonly folder: RunFolder | undefined;
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

  constructor(parts: TrainingRunParts) {
    this.#parts = parts;
    this.#schedule = scheduleOf(parts.config.schedule);
    const resumed = parts.folder?.resumed;
    if (!resumed) return;
    parts.trainer.restore(resumed.tensors, resumed.steps);
    this.#position = resumed.position;
    this.#running = resumed.running;
    this.#history = resumed.history;
    this.#isSaved = true;
  }

  /** Trains until the last epoch is done or the signal comes. */
  async finish(): Promise<FitResult> {
    const { config, signal, trainer, onEvent } = this.#parts;
    while (this.#position.epoch < config.epochs) {
      if (signal?.aborted || !(await this.#epoch())) {
        await this.#save();
        onEvent({ kind: 'stopped', position: this.#position });
        break;
      }
      await this.#save();
    }
    const stopped = this.#position.epoch < config.epochs;
    return { history: this.#history, stopped, position: this.#position, steps: trainer.steps };
  }

  /** What remains of the epoch, its validation and its record. False where the signal came before. */
  async #epoch(): Promise<boolean> {
    const { folder, now, onEvent } = this.#parts;
    const epoch = this.#position.epoch + 1;
    const begun = now() - 1000 * this.#running.seconds;
    if (this.#position.batch < this.#parts.data.batchesPerEpoch && !(await this.#steps(epoch, begun))) return false;
    const validation = await this.#validate();
    if (!validation) return false;
    const record: EpochRecord = {
      epoch,
      learningRate: this.#learningRate({ epoch: epoch - 1, batch: 0 }),
      trainLoss: this.#running.lossSum / this.#running.inputs,
      ...validation,
      seconds: (now() - begun) / 1000,
    };
    await folder?.record(record);
    this.#advance({ epoch, batch: 0 });
    this.#running = NOTHING_YET;
    this.#history = [...this.#history, record];
    onEvent({ kind: 'epoch', record });
    return true;
  }

  /** The steps of an epoch that were not done before. False where the signal came in between. */
  async #steps(epoch: number, begun: number): Promise<boolean> {
    const { data, trainer, signal, checkpointEverySteps = Infinity, now } = this.#parts;
    const done = this.#position.batch;
    let batchNumber = 0;
    for await (const batch of data.batches(epoch)) {
      try {
        if (++batchNumber <= done) continue;
        if (signal?.aborted) return false;
        await this.#step(batch, { epoch, batch: batchNumber });
      } finally {
        dispose(batchTensors(batch));
      }
      this.#running = { ...this.#running, seconds: (now() - begun) / 1000 };
      if (trainer.steps % checkpointEverySteps === 0) await this.#save();
      await nextTurn();
    }
    if (batchNumber !== data.batchesPerEpoch) throw batchCount(epoch, data.batchesPerEpoch, batchNumber);
    return true;
  }

  async #step(batch: Parameters<Trainer['step']>[0], { epoch, batch: number }: Position): Promise<void> {
    const { data, trainer, onEvent } = this.#parts;
    const learningRate = this.#learningRate(this.#position);
    const loss = await trainer.step(batch, learningRate, { epoch, batch: number });
    const { lossSum, inputs } = this.#running;
    this.#running = { ...this.#running, lossSum: lossSum + loss * batch.ids.length, inputs: inputs + batch.ids.length };
    this.#advance({ epoch: epoch - 1, batch: number });
    onEvent({ kind: 'step', epoch, batch: number, batchesPerEpoch: data.batchesPerEpoch, step: trainer.steps, loss, learningRate });
  }

  /** Loss and metrics on the validation data, nothing to record without such data; undefined where the signal came in between. */
  async #validate(): Promise<Readonly<Record<string, number | null>> | undefined> {
    const { model, validation, metrics = {}, trainer, signal } = this.#parts;
    if (!validation) return {};
    const scored = await evaluate(model, validation, trainer.loss, signal);
    if (!scored) return undefined;
    const labels = scored.labels as ArrayLike<number> as ArrayLike<0 | 1>;
    const values = Object.entries(metrics).map(([name, metric]) => [name, metric(labels, scored.probabilities, scored.ids)] as const);
    const finite = (value: number) => (Number.isFinite(value) ? value : null);
    return { validationLoss: scored.loss, ...Object.fromEntries(values.map(([name, value]) => [name, finite(value)])) };
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
      tensors: await trainer.read(),
    };
    await folder.save(checkpoint);
    this.#isSaved = true;
  }
}

const NOTHING_YET = { lossSum: 0, inputs: 0, seconds: 0 };

function batchCount(epoch: number, expected: number, found: number): MgmtError {
  return new MgmtError(`epoch ${epoch} is not as long as the data said`, {
    code: 'training/batch-count',
    expected: `${expected} batches`,
    found: `${found}`,
  });
}
