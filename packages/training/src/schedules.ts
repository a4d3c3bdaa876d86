/**
 * The factor on the learning rate at a moment of the training.
 *
 * @param epochs - epochs done so far, with the part of the one that runs: 0 at the first step, 10 at the first step of the eleventh epoch
 */
export type Schedule = (epochs: number) => number;

/** The learning rate does not change. */
export interface ConstantScheduleConfig {
  readonly kind: 'constant';
}

/** The learning rate is multiplied by `factor` again and again: after every so many epochs, or after each of the epochs named. */
export type StepScheduleConfig =
  | { readonly kind: 'step'; readonly factor: number; readonly everyEpochs: number }
  | { readonly kind: 'step'; readonly factor: number; readonly atEpochs: readonly number[] };

/** The learning rate falls along half a wave. */
export interface CosineScheduleConfig {
  readonly kind: 'cosine';
  /** How long it falls; mostly the epochs of the training, less those of a warm-up. Trained on, it rises again, as PyTorch's does. */
  readonly epochs: number;
  /** What the factor falls to, 0 by default. PyTorch's `eta_min` divided by the learning rate. */
  readonly lowest?: number;
  /** How often it changes: at each `step` by default, or at each `epoch`. */
  readonly per?: 'step' | 'epoch';
}

/** The learning rate rises in a line, by a little at each step, before another schedule begins at its own beginning. */
export interface WarmUpScheduleConfig {
  readonly kind: 'warm-up';
  /** How long it rises; parts of an epoch count. */
  readonly epochs: number;
  /** The factor that it begins with, 0 by default: the first step then moves nothing. */
  readonly from?: number;
  /** What follows. The line rises to its first factor. */
  readonly then: ScheduleConfig;
}

/** A schedule as data. */
export type ScheduleConfig = ConstantScheduleConfig | StepScheduleConfig | CosineScheduleConfig | WarmUpScheduleConfig;

/** The schedule that a config names. */
export function scheduleOf(config: ScheduleConfig): Schedule {
  switch (config.kind) {
    case 'constant':
      return () => 1;
    case 'step':
      return stepSchedule(config);
    case 'cosine':
      return cosineSchedule(config);
    case 'warm-up':
      return warmUpSchedule(config);
    default:
      return config satisfies never;
  }
}

/**
 * PyTorch's `StepLR` and `MultiStepLR`: `atEpochs: [10]` lets ten epochs run at the full rate and begins the eleventh with `factor` of it.
 *
 * @param config - its `atEpochs` need no order; one that is named twice counts twice
 * @example
 * const schedule = stepSchedule({ kind: 'step', factor: 0.5, atEpochs: [10] });
 * [schedule(9.9), schedule(10)]; // [1, 0.5]
 */
export function stepSchedule(config: StepScheduleConfig): Schedule {
  const stepsDone = (epochs: number) =>
    'atEpochs' in config ? config.atEpochs.filter((epoch) => epoch <= epochs).length : Math.floor(epochs / config.everyEpochs);
  return (epochs) => config.factor ** stepsDone(epochs);
}

/**
 * PyTorch's `CosineAnnealingLR`: `lowest + (1 - lowest) (1 + cos(pi t / epochs)) / 2`, where `t` is the epochs done.
 *
 * @remarks Loshchilov & Hutter 2017, arXiv:1608.03983, equation 5, without restarts.
 * @example
 * const schedule = cosineSchedule({ kind: 'cosine', epochs: 100 });
 * [schedule(0), schedule(50), schedule(100)]; // [1, 0.5, 0]
 */
export function cosineSchedule({ epochs: length, lowest = 0, per = 'step' }: CosineScheduleConfig): Schedule {
  return (epochs) => {
    const done = per === 'step' ? epochs : Math.floor(epochs);
    return lowest + ((1 - lowest) * (1 + Math.cos((Math.PI * done) / length))) / 2;
  };
}

/**
 * PyTorch's `LinearLR` and then, by `SequentialLR`, another, whose epochs count from the end of the warm-up.
 *
 * @example
 * const schedule = warmUpSchedule({ kind: 'warm-up', epochs: 10, then: { kind: 'cosine', epochs: 90 } });
 * [schedule(0), schedule(5), schedule(10), schedule(55)]; // [0, 0.5, 1, 0.5]
 */
export function warmUpSchedule({ epochs: length, from = 0, then }: WarmUpScheduleConfig): Schedule {
  const after = scheduleOf(then);
  const first = after(0);
  return (epochs) => (epochs < length ? first * (from + ((1 - from) * epochs) / length) : after(epochs - length));
}
