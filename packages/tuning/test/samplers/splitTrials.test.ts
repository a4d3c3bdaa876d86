import { splitTrials } from '../../src/samplers/tpe/splitTrials.js';
import { goldenStudies, knownTrials, trialRecord } from './tpeGolden.js';

const numbers = (trials: readonly { readonly number: number }[]) => trials.map(({ number }) => number);

describe('splitTrials', () => {
  it.each([...goldenStudies('tpeAlone'), ...goldenStudies('tpeTogether')])('splits as Optuna does: $name', (study) => {
    const { below, above } = splitTrials(knownTrials(study), study.direction);
    expect(numbers(below)).toEqual(study.below);
    expect(numbers(above)).toEqual(study.above);
  });

  it('takes at most 25 for good', () => {
    const trials = Array.from({ length: 400 }, (_, number) => trialRecord({ number, state: 'complete', value: -number }));
    expect(numbers(splitTrials(trials, 'minimize').below)).toEqual(numbers(trials.slice(-25)));
  });

  it.each(['minimize', 'maximize'] as const)('takes NaN for worse than infinity, to %s', (direction) => {
    const good = direction === 'minimize' ? 1e300 : -1e300;
    const trials = [NaN, good].map((value, number) => trialRecord({ number, state: 'complete', value }));
    expect(numbers(splitTrials(trials, direction).below)).toEqual([1]);
  });
});
