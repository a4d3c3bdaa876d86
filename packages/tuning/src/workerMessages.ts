import type { OptimizeOptions } from './optimize.js';
import type { StudyOptions } from './openStudy.js';

/** What a worker is told by its one argument. */
export interface WorkerTask
  extends Pick<StudyOptions, 'name' | 'direction' | 'seed'>, Pick<OptimizeOptions, 'trials' | 'timeoutMs' | 'catchErrors'> {
  /** Of the journal. */
  readonly path: string;
  /** URL of the module with the objective. */
  readonly module: string;
}

/** What a worker tells: that a trial has ended, and before its own end how that came. */
export type WorkerMessage =
  { readonly kind: 'trial'; readonly number: number } | { readonly kind: 'done' } | { readonly kind: 'error'; readonly sentence: string };

/** What a worker is told while it runs. */
export const STOP = 'stop';
