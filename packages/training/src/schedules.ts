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

/** A schedule as data. */
export type ScheduleConfig = ConstantScheduleConfig | StepScheduleConfig;

/** The schedule that a config names. */
export function scheduleOf(config: ScheduleConfig): Schedule {
  switch (config.kind) {
    case 'constant':
      return () => 1;
    case 'step':
      return stepSchedule(config);
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
