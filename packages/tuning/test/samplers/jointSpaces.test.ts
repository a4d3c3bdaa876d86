import { groupedSpaces, sharedSpace } from '../../src/samplers/tpe/jointSpaces.js';
import { goldenStudies, trialRecord } from './tpeGolden.js';

const studies = goldenStudies('tpeTogether').map((study) => ({
  ...study,
  trials: study.trials.filter(({ state }) => state === 'complete' || state === 'pruned'),
}));

describe('sharedSpace', () => {
  it.each(studies)("is Optuna's intersection: $name", ({ trials, shared }) => {
    expect(Object.keys(sharedSpace(trials)).sort()).toEqual(shared);
  });

  it('leaves out what has one value only', () => {
    const distributions = { fixed: { kind: 'float', low: 2, high: 2 }, free: { kind: 'int', low: 0, high: 2 } } as const;
    expect(Object.keys(sharedSpace([trialRecord({ number: 0, state: 'complete', distributions })]))).toEqual(['free']);
  });

  it('takes a default for what it stands for', () => {
    const trials = [{}, { log: false, step: 1 }].map((spelled, number) =>
      trialRecord({ number, state: 'complete', distributions: { n: { kind: 'int', low: 0, high: 2, ...spelled } } }),
    );
    expect(Object.keys(sharedSpace(trials))).toEqual(['n']);
  });
});

describe('groupedSpaces', () => {
  it.each(studies)("are Optuna's groups: $name", ({ trials, groups }) => {
    const names = groupedSpaces(trials).map((space) => Object.keys(space).sort());
    expect(names.sort((a, b) => (a.join() < b.join() ? -1 : 1))).toEqual(groups);
  });
});
