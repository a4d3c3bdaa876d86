import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  type Direction,
  type ImportanceConfig,
  parameterImportances,
  type ParamValue,
  type SearchSpace,
  type TrialRecord,
} from '../../src/index.js';
import { contextAfter, spaces } from '../samplers/arbitraries.js';
import { trialRecord } from '../samplers/tpeGolden.js';

interface GoldenStudy {
  readonly name: string;
  readonly direction: Direction;
  readonly options: { readonly target_quantile?: number; readonly region_quantile?: number; readonly evaluate_on_local?: boolean };
  readonly spaces: readonly SearchSpace[];
  readonly trials: readonly (readonly [outcome: number | 'Infinity' | 'pruned' | 'failed', space: number, values: readonly ParamValue[]])[];
  readonly told: boolean;
  readonly importances: Readonly<Record<string, number>>;
}

const { studies } = JSON.parse(readFileSync(new URL('../golden/importances.json', import.meta.url), 'utf8')) as {
  readonly studies: readonly GoldenStudy[];
};

function trialsOf({ trials, spaces }: GoldenStudy): readonly TrialRecord[] {
  return trials.map(([outcome, space, values], number) => {
    const distributions = spaces[space]!;
    const params = Object.fromEntries(Object.keys(distributions).map((name, i) => [name, values[i]!]));
    const state = outcome === 'pruned' || outcome === 'failed' ? outcome : 'complete';
    return trialRecord({ number, state, params, distributions, value: state === 'complete' ? Number(outcome) : 9 });
  });
}

const configOf = ({ direction, options }: GoldenStudy): ImportanceConfig => ({
  direction,
  ...(options.target_quantile && { targetQuantile: options.target_quantile }),
  ...(options.region_quantile && { regionQuantile: options.region_quantile }),
  ...(options.evaluate_on_local === false && { comparedWith: 'range' }),
});

/** Within 1e-9. */
const closeTo = (number: number) => expect.closeTo(number, 9) as number;

const told = studies.filter((study) => study.told);
const untold = studies.filter((study) => !study.told);
const results = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 60 });
const directions = fc.constantFrom('minimize', 'maximize' as const);
const configs = fc.record({
  direction: directions,
  targetQuantile: fc.constantFrom(0.1, 0.3),
  regionQuantile: fc.constantFrom(0.5, 1),
  comparedWith: fc.constantFrom('trials', 'range' as const),
});
const searches = fc.record({ space: spaces, values: results, config: configs });
const some = { numRuns: 60 };

describe('parameterImportances', () => {
  it.each(told)("gives Optuna's: $name", (study) => {
    const importances = parameterImportances(trialsOf(study), configOf(study));
    expect(importances.map(({ name }) => name).sort()).toEqual(Object.keys(study.importances).sort());
    for (const { name, importance } of importances) expect([name, importance]).toEqual([name, closeTo(study.importances[name]!)]);
  });

  it.each(untold)('is not a number where Optuna knows nothing: $name', (study) => {
    const names = Object.keys(study.importances).sort();
    expect(parameterImportances(trialsOf(study), configOf(study))).toEqual(names.map((name) => ({ name, importance: NaN })));
  });

  it('says nothing of no trials', () => {
    expect(parameterImportances([], { direction: 'minimize' })).toEqual([]);
    expect(parameterImportances([trialRecord({ number: 0, state: 'complete', value: 1 })], { direction: 'minimize' })).toEqual([]);
  });

  it('adds up to one, the largest first', () => {
    fc.assert(
      fc.property(searches, ({ space, values, config }) => {
        const importances = parameterImportances(contextAfter(space, values).trials, config).map(({ importance }) => importance);
        expect(importances).toEqual([...importances].sort((a, b) => b - a));
        if (Number.isNaN(importances[0])) return;
        expect(importances.every((importance) => importance >= 0)).toBe(true);
        expect(importances.reduce((sum, importance) => sum + importance, 0)).toBeCloseTo(1, 12);
      }),
      some,
    );
  });

  it('does not depend on the order of trials and parameters', () => {
    fc.assert(
      fc.property(searches, fc.nat(59), ({ space, values, config }, turn) => {
        const { trials } = contextAfter(space, values);
        const turned = <T>(items: readonly T[]) => [...items.slice(turn % items.length), ...items.slice(0, turn % items.length)].reverse();
        const rearranged = <T>(named: Readonly<Record<string, T>>) => Object.fromEntries(turned(Object.entries(named)));
        const others = turned(trials).map((trial) => ({
          ...trial,
          params: rearranged(trial.params),
          distributions: rearranged(trial.distributions),
        }));
        expect(parameterImportances(others, config)).toEqual(parameterImportances(trials, config));
      }),
      some,
    );
  });

  it('does not depend on the unit of the results, nor on their sign where the direction turns with it', () => {
    fc.assert(
      fc.property(
        searches,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: -99, max: 99 }),
        ({ space, values, config }, scale, shift) => {
          const importances = parameterImportances(contextAfter(space, values).trials, config);
          const scaled = contextAfter(
            space,
            values.map((value) => scale * value + shift),
          ).trials;
          expect(parameterImportances(scaled, config)).toEqual(importances);
          const mirrored = contextAfter(
            space,
            values.map((value) => shift - scale * value),
          ).trials;
          const direction = config.direction === 'minimize' ? 'maximize' : 'minimize';
          expect(parameterImportances(mirrored, { ...config, direction })).toEqual(importances);
        },
      ),
      some,
    );
  });

  it('looks at complete trials with finite values only', () => {
    fc.assert(
      fc.property(searches, ({ space, values, config }) => {
        const { trials } = contextAfter(space, values);
        const [first] = trials;
        const others = (['pruned', 'failed', 'running', 'waiting'] as const).map((state) => ({ ...first!, state }));
        const infinite = [Infinity, -Infinity, NaN].map((value) => ({ ...first!, value }));
        expect(parameterImportances([...others, ...infinite, ...trials], config)).toEqual(parameterImportances(trials, config));
      }),
      some,
    );
  });

  it('finds which parameter the results depend on, of every kind', () => {
    const kinds: SearchSpace = {
      float: { kind: 'float', low: -2, high: 3 },
      log: { kind: 'float', low: 1e-5, high: 1, log: true },
      int: { kind: 'int', low: 0, high: 9 },
      choice: { kind: 'categorical', choices: ['a', 'b', 'c', 'd'] },
    };
    const { trials } = contextAfter(kinds, new Array<number>(300).fill(0));
    for (const name of Object.keys(kinds)) {
      const scored = trials.map((trial) => ({ ...trial, value: scoreOf(kinds[name]!, trial.params[name]!) }));
      const importances = parameterImportances(scored, { direction: 'minimize' });
      expect([importances[0]!.name, importances[0]!.importance > 0.8]).toEqual([name, true]);
    }
  });

  it('gives the least to a parameter that the results do not depend on', () => {
    const unit = { kind: 'float', low: 0, high: 1 } as const;
    const { trials } = contextAfter({ x: unit, y: unit, idle: unit }, new Array<number>(1000).fill(0));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), directions, fc.nat(800), (best, direction, from) => {
        const scored = trials.slice(from, from + 200).map((trial) => {
          const loss = Math.abs((trial.params['x'] as number) - best) + 0.7 * Math.abs((trial.params['y'] as number) - best);
          return { ...trial, value: direction === 'minimize' ? loss : -loss };
        });
        expect(parameterImportances(scored, { direction }).at(-1)!.name).toBe('idle');
      }),
      { numRuns: 20 },
    );
  });

  it('refuses options out of range', () => {
    const refusal = expect.objectContaining({ code: 'tuning/bad-option' }) as Error;
    const refused: Partial<ImportanceConfig>[] = [
      { targetQuantile: 0 },
      { targetQuantile: 1 },
      { targetQuantile: 0.5, regionQuantile: 0.5 },
      { regionQuantile: 1.1 },
      { comparedWith: 'all' as 'range' },
    ];
    for (const options of refused) expect(() => parameterImportances([], { direction: 'minimize', ...options })).toThrow(refusal);
  });
});

/** How far a value lies from the one that is best, 0.3 of the way. */
function scoreOf(distribution: SearchSpace[string], value: ParamValue): number {
  if (distribution.kind === 'categorical') return Math.abs(distribution.choices.indexOf(value) - 1);
  const place = distribution.log ? Math.log : (number: number) => number;
  const [low, high] = [place(distribution.low), place(distribution.high)];
  return Math.abs((place(value as number) - low) / (high - low) - 0.3);
}
