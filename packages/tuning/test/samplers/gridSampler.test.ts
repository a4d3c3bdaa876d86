import { gridSampler, type SamplerContext, type TrialRecord } from '../../src/index.js';
import { contextAfter } from './arbitraries.js';
import { trialRecord } from './tpeGolden.js';

const GRID = { modality: ['FLAIR', 'T1w', null], rate: [1e-3, 1e-4] };
const sampler = gridSampler(GRID);

/** What a study would hand over for its next trial. */
const contextOf = (trials: readonly TrialRecord[], trial = trialRecord({ number: trials.length, state: 'running' })): SamplerContext => ({
  ...contextAfter({}, []),
  trials,
  trial,
});

/** Trials begun one after the other by the sampler, each ended in the state given for it. */
function begun(states: readonly TrialRecord['state'][], from = sampler): TrialRecord[] {
  const trials: TrialRecord[] = [];
  for (const state of states) {
    const context = contextOf(trials);
    trials.push({ ...context.trial, state, params: from.together!(context), systemAttributes: from.systemAttributes!(context) });
  }
  return trials;
}

const six = <T>(item: T) => new Array<T>(6).fill(item);
const distinct = (trials: readonly TrialRecord[]) => new Set(trials.map(({ params }) => JSON.stringify(params))).size;

describe('gridSampler', () => {
  it('tries every combination once, then says that all is tried', () => {
    const trials = begun(['complete', 'pruned', 'failed', 'complete', 'complete', 'complete']);
    expect(distinct(trials)).toBe(6);
    expect(() => sampler.together!(contextOf(trials))).toThrow(expect.objectContaining({ code: 'tuning/search-exhausted' }) as Error);
  });

  it('gives trials that run beside each other different combinations', () => {
    expect(distinct(begun(six('running')))).toBe(6);
  });

  it('tries a combination again whose trial has not ended, when nothing else is left', () => {
    const trials = begun(['complete', 'complete', 'running', 'complete', 'complete', 'complete']);
    expect(sampler.together!(contextOf(trials))).toEqual(trials[2]!.params);
  });

  it('comes back to combinations whose numbers went to queued trials', () => {
    const queued = trialRecord({ number: 0, state: 'complete', systemAttributes: { fixed_params: { modality: 'T2w', rate: 1 } } });
    expect(sampler.together!(contextOf([], { ...queued, state: 'running' }))).toEqual({});
    const trials = [queued];
    while (trials.length < 7) {
      const context = contextOf(trials);
      trials.push({
        ...context.trial,
        state: 'complete',
        params: sampler.together!(context),
        systemAttributes: sampler.systemAttributes!(context),
      });
    }
    expect(distinct(trials.slice(1))).toBe(6);
  });

  it('gives a late trial what nobody has begun, and keeps to it', () => {
    const others = begun(six('running')).map((trial) => (trial.number === 2 ? { ...trial, systemAttributes: {} } : trial));
    const late = contextOf(others).trial;
    const systemAttributes = sampler.systemAttributes!(contextOf(others, late));
    expect(sampler.together!(contextOf(others, late))).toEqual(begun(six('running'))[2]!.params);
    const ended = others.map((trial) => ({ ...trial, state: 'complete' as const }));
    const next = begun(six('complete')).map((trial) => ({ ...trial, number: trial.number + 10 }));
    expect(sampler.together!(contextOf([...ended, ...next], { ...late, systemAttributes }))).toEqual(others[2]!.params);
  });

  it('has one order for one seed, whatever the order of names', () => {
    const swapped = gridSampler({ rate: GRID.rate, modality: GRID.modality });
    expect(begun(six('complete'), swapped)).toEqual(begun(six('complete')));
    expect(begun(six('complete'), gridSampler(GRID, 1))).not.toEqual(begun(six('complete')));
  });

  it('takes no notice of trials of another grid', () => {
    const trials = begun(six('complete'), gridSampler({ ...GRID, rate: [1, 2] }));
    const late = trialRecord({ number: 9, state: 'running' });
    expect(Object.keys(sampler.together!(contextOf(trials, late)))).toEqual(['modality', 'rate']);
  });

  it('names a parameter that is not in the grid, and a value that is not allowed', () => {
    const context = contextOf([]);
    expect(() => sampler.sample('depth', { kind: 'int', low: 1, high: 3 }, context)).toThrow(/tuning\/not-in-grid: parameter depth/);
    expect(() => sampler.sample('rate', { kind: 'float', low: 1, high: 3 }, context)).toThrow(
      /tuning\/outside-distribution: parameter rate/,
    );
    expect(() => gridSampler({ rate: [] })).toThrow(/tuning\/bad-option/);
  });
});
