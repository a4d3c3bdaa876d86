import type { LayersModel } from '@tensorflow/tfjs';
import {
  type BatchSource,
  type EpochRecord,
  fit,
  type FitOptions,
  type FitResult,
  type TrainingConfig,
  type TrainingEvent,
} from '../src/index.js';
import { smallConfig, smallData, smallModel } from './smallRun.js';

/** What the runs of these tests have beside their config. */
export const options = {
  validation: smallData({ seed: 1 }),
  metrics: { mean: (_labels, scores) => Array.from(scores).reduce((a, b) => a + b, 0) },
} satisfies FitOptions;
/** Records without the time they took. */
export const timeless = (history: readonly EpochRecord[]) => history.map((record) => ({ ...record, seconds: 0 }));

/** Another run than the small one. */
export interface Other {
  readonly model?: () => LayersModel;
  readonly config?: Partial<TrainingConfig>;
  readonly data?: BatchSource;
}

/** A model from its start, trained as far as the options let it. */
export async function run(
  more: FitOptions,
  other: Other = {},
): Promise<{ model: LayersModel; result: FitResult; events: TrainingEvent[] }> {
  const model = (other.model ?? smallModel)();
  const events: TrainingEvent[] = [];
  const onEvent = (event: TrainingEvent) => (events.push(event), more.onEvent?.(event));
  const config = { ...smallConfig, ...other.config };
  const result = await fit(model, other.data ?? smallData(), config, { ...options, ...more, onEvent });
  return { model, result, events };
}

/** Stopped by its signal after this step of the 20. */
export async function stoppedAfter(step: number, folder: string, more: FitOptions = {}, other: Other = {}): ReturnType<typeof run> {
  const controller = new AbortController();
  const onEvent = (event: TrainingEvent) => event.kind === 'step' && event.step === step && controller.abort();
  return run({ ...more, folder, signal: controller.signal, onEvent }, other);
}
