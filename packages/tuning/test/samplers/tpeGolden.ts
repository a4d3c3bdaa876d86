import { readFileSync } from 'node:fs';
import type { Direction, Params, SearchSpace, TrialRecord, TrialState } from '../../src/index.js';

interface GoldenEstimator {
  readonly weights: readonly number[];
  readonly kernels: Readonly<Record<string, { mus: number[]; sigmas: number[] } | { probabilities: number[][] }>>;
  readonly logDensities: readonly number[];
}

/** What Optuna makes of some trials. */
export interface GoldenStudy {
  readonly name: string;
  readonly direction: Direction;
  readonly constantLiar: boolean;
  readonly trials: readonly TrialRecord[];
  readonly below: readonly number[];
  readonly above: readonly number[];
  readonly shared: readonly string[];
  readonly groups: readonly (readonly string[])[];
  readonly estimates: readonly {
    readonly space: SearchSpace;
    readonly points: readonly Params[];
    readonly below: GoldenEstimator;
    readonly above: GoldenEstimator;
  }[];
}

/** A trial of one of our tests: all that is not said is empty. */
export const trialRecord = (given: Partial<TrialRecord> & { number: number; state: TrialState }): TrialRecord => ({
  params: {},
  distributions: {},
  intermediate: [],
  attributes: {},
  systemAttributes: {},
  ...given,
});

/** The file's studies, numbers that JSON has no word for put back. */
export function goldenStudies(file: 'tpeAlone' | 'tpeTogether'): readonly GoldenStudy[] {
  const { space, studies } = JSON.parse(readFileSync(new URL(`../golden/${file}.json`, import.meta.url), 'utf8')) as {
    space: SearchSpace;
    studies: GoldenStudy[];
  };
  return studies.map((study) => ({
    ...study,
    trials: study.trials.map((trial) => ({
      ...trialRecord(trial),
      distributions: trial.distributions ?? space,
      intermediate: trial.intermediate.map(({ step, value }) => ({ step, value: Number(value) })),
    })),
  }));
}

/** The trials that a sampler of the study looks at. */
export const knownTrials = ({ trials, constantLiar }: GoldenStudy) =>
  trials.filter(({ state }) => state === 'complete' || state === 'pruned' || (constantLiar && state === 'running'));
