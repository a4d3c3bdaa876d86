import {
  empiricalDistribution,
  intermediateValues,
  optimizationHistory,
  parallelCoordinates,
  parameterImportances,
  parameterSlices,
  trialTimeline,
  type TunedStudy,
  type TunedTrial,
} from '../../../src/index.js';
import { sampleSearch } from '../../sample/sampleTuning.js';
import { select, texts } from '../select.js';

const trial = (number: number, more: Partial<TunedTrial> = {}): TunedTrial => ({
  number,
  state: 'complete',
  params: {},
  intermediate: [],
  ...more,
});
const study = (trials: TunedTrial[], more: Partial<TunedStudy> = {}): TunedStudy => ({
  name: 's',
  direction: 'minimize',
  parameters: { lr: { kind: 'float', low: 1e-4, high: 1e-2, log: true } },
  trials,
  ...more,
});
const search = sampleSearch();

describe('optimizationHistory', () => {
  it('follows the best so far in the direction of the search', () => {
    const trials = [3, 1, 2].map((value, number) => trial(number, { value }));
    const best = (direction: TunedStudy['direction']) => optimizationHistory(study(trials, { direction })).table.rows.map((row) => row[3]);
    expect(best('minimize')).toEqual([3, 1, 1]);
    expect(best('maximize')).toEqual([3, 3, 3]);
  });

  it('marks complete, pruned, failed and best', () => {
    const figure = optimizationHistory(search);
    const count = (state: string) => search.trials.filter((each) => each.state === state).length;
    for (const state of ['complete', 'pruned', 'failed'])
      expect(select(figure, `.${state} path, .${state} circle`)).toHaveLength(count(state));
    expect(select(figure, '.best circle')).toHaveLength(1);
  });

  it('shows a failed trial in its key as the cross that it is', () => {
    const figure = optimizationHistory(study([trial(0, { value: 1 }), trial(1, { state: 'failed' })]));
    const entry = select(figure, 'g').find((g) => g.lastElementChild?.textContent === 'failed')!;
    expect(entry.querySelector('path')!.getAttribute('d')!.match(/M/g)).toHaveLength(2);
    expect(entry.querySelector('line')).toBeNull();
  });

  it('says so where no trial is complete, and leaves out a NaN', () => {
    const figure = optimizationHistory(study([trial(0, { value: NaN }), trial(1, { state: 'failed' })]));
    expect(figure.caption).toContain('No trial of this search is complete');
    expect(figure.svg).not.toContain('NaN');
  });

  it('draws one trial', () => {
    expect(select(optimizationHistory(study([trial(0, { value: 1 })], { best: 0 })), '.complete circle')).toHaveLength(1);
  });
});

describe('parameterSlices', () => {
  it('places a log parameter by its logarithm, and has its powers of ten on the axis', () => {
    const figure = parameterSlices(study([1e-4, 1e-3, 1e-2].map((lr, number) => trial(number, { params: { lr }, value: number }))));
    const [a, b, c] = select(figure, '.trial circle').map((dot) => Number(dot.getAttribute('cx')));
    expect(b! - a!).toBeCloseTo(c! - b!, 1);
    expect(texts(figure)).toEqual(expect.arrayContaining(['1e-4', '0.001', '0.01']));
  });

  it('has a tick for each of a few integers', () => {
    const depth = { kind: 'int', low: 2, high: 5 } as const;
    const figure = parameterSlices(study([trial(0, { params: { depth: 3 }, value: 1e6 })], { parameters: { depth } }));
    expect(texts(figure)).toEqual(expect.arrayContaining(['2', '3', '4', '5']));
  });

  it('leaves a trial out of the panel of a parameter that it did not have', () => {
    expect(
      select(parameterSlices(study([trial(0, { value: 1 }), trial(1, { value: 2, params: { lr: 1e-3 } })])), '.trial circle'),
    ).toHaveLength(1);
  });

  it('needs a complete trial with a value', () => {
    expect(() => parameterSlices(study([trial(0, { value: NaN })]))).toThrow(/report\/no-data/);
  });
});

describe('parallelCoordinates', () => {
  it('has an axis for each parameter and one for the value, and the best tenth over the others', () => {
    const figure = parallelCoordinates(search);
    expect(select(figure, '.axis line')).toHaveLength(4);
    expect(select(figure, '.good path')).toHaveLength(3);
    expect(select(figure, '.other path')).toHaveLength(search.trials.filter(({ state }) => state === 'complete').length - 3);
  });
});

describe('parameterImportances', () => {
  it('sorts, and says which could not be told', () => {
    const figure = parameterImportances([
      { name: 'a', importance: NaN },
      { name: 'b', importance: 0.2 },
      { name: 'c', importance: 0.8 },
    ]);
    expect(figure.table.rows.map(([name]) => name)).toEqual(['c', 'b', 'a']);
    expect(figure.alt).toContain('a: not told.');
    expect(select(figure, '.importance rect')).toHaveLength(2);
  });
});

describe('intermediateValues', () => {
  it('ends each pruned trial in a triangle, and makes the best one heavy', () => {
    const figure = intermediateValues(search);
    expect(select(figure, '.end path')).toHaveLength(search.trials.filter(({ state }) => state === 'pruned').length);
    expect(select(figure, '.best path')).toHaveLength(1);
  });
});

describe('empiricalDistribution', () => {
  it('tells the share of trials with at most a value', () => {
    const figure = empiricalDistribution([study([3, 1, 2, 4].map((value, number) => trial(number, { value })))]);
    expect(figure.table.rows).toEqual([
      ['s', 1, 0.25],
      ['s', 2, 0.5],
      ['s', 3, 0.75],
      ['s', 4, 1],
    ]);
  });

  it('says that a study beside others has no value', () => {
    const figure = empiricalDistribution([study([trial(0, { value: 1 })]), study([], { name: 'empty' })]);
    expect(figure.alt).toContain('empty: no complete trial with a value.');
    expect(select(figure, '.study path')).toHaveLength(1);
  });
});

describe('trialTimeline', () => {
  it('needs as many rows as trials ran at once', () => {
    const ran = (startedAt: number, finishedAt?: number) => ({
      startedAt: startedAt * 1000,
      ...(finishedAt && { finishedAt: finishedAt * 1000 }),
    });
    const figure = trialTimeline(
      study([trial(0, ran(0, 10)), trial(1, ran(5, 12)), trial(2, ran(10, 20)), trial(3, { state: 'running', ...ran(13) })]),
    );
    expect(figure.table.rows).toEqual([
      [0, 'complete', 1, 0, 10],
      [1, 'complete', 2, 5, 12],
      [2, 'complete', 1, 10, 20],
      [3, 'running', 2, 13, 20],
    ]);
  });

  it('shows bars in its key as strong as they are', () => {
    const figure = trialTimeline(study([trial(0, { startedAt: 0, finishedAt: 5 })]));
    expect(
      select(figure, 'rect').map((bar) => bar.getAttribute('fill-opacity') ?? bar.parentElement!.getAttribute('fill-opacity')),
    ).toEqual(['0.75', '0.75']);
  });

  it('draws one trial that has not ended', () => {
    expect(trialTimeline(study([trial(0, { state: 'running', startedAt: 5 })])).svg).not.toContain('NaN');
  });
});
