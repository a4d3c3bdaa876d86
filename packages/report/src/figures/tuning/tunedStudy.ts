/** What a parameter may be: as `@mgmt/tuning` has it. */
export type TunedDistribution =
  | { readonly kind: 'float' | 'int'; readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly kind: 'categorical'; readonly choices: readonly TunedValue[] };

/** A value of a parameter. */
export type TunedValue = number | string | boolean | null;

/** One trial of a search. */
export interface TunedTrial {
  readonly number: number;
  readonly state: 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';
  readonly params: Readonly<Record<string, TunedValue>>;
  /** Where the trial is complete; where it was pruned, its last value if it has one. */
  readonly value?: number;
  /** Reported values, in the order of the steps. */
  readonly intermediate: readonly { readonly step: number; readonly value: number }[];
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

/** A search of hyperparameters: as `studyRecord` of `@mgmt/tuning` returns it. */
export interface TunedStudy {
  readonly name: string;
  readonly direction: 'minimize' | 'maximize';
  /** In the order of their numbers. */
  readonly trials: readonly TunedTrial[];
  /** The number of the best complete trial. */
  readonly best?: number;
  readonly parameters: Readonly<Record<string, TunedDistribution>>;
}

/** A trial with a finite value. */
export type ValuedTrial = TunedTrial & { readonly value: number };

/** The complete trials with a finite value. */
export function completeTrials({ trials }: TunedStudy): ValuedTrial[] {
  return trials.filter((trial): trial is ValuedTrial => trial.state === 'complete' && Number.isFinite(trial.value));
}

/** The better of two values. */
export const better = ({ direction }: TunedStudy, a: number, b: number): number =>
  direction === 'minimize' ? Math.min(a, b) : Math.max(a, b);

/** `[low, high]` around values, with a margin; `[0, 1]` of none. */
export function roomAround(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const room = (high - low) * 0.07 || Math.abs(high) * 0.1 || 0.1;
  return [low - room, high + room];
}

/** What was searched for, in words. */
export const goalText = ({ direction }: TunedStudy): string => (direction === 'minimize' ? 'lower is better' : 'higher is better');
