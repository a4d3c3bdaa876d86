import { rng } from '@mgmt/core';
import fc from 'fast-check';
import {
  type Distribution,
  type Params,
  randomSampler,
  type Sampler,
  type SamplerContext,
  type SearchSpace,
  tpeSampler,
} from '../../src/index.js';
import { notedParams } from '../../src/samplers/tpe/jointNotes.js';
import { contains } from '../../src/transform/contains.js';
import { contextAfter, spaces } from './arbitraries.js';
import { trialRecord } from './tpeGolden.js';

const SAMPLERS = [tpeSampler(), tpeSampler({ multivariate: true }), tpeSampler({ multivariate: 'group', constantLiar: true })];

/** All parameters of a space, as a trial would ask for them. */
const proposal = (sampler: Sampler, space: SearchSpace, context: SamplerContext): Params => {
  const drawn = sampler.together?.(context) ?? {};
  return Object.fromEntries(Object.keys(space).map((name) => [name, drawn[name] ?? sampler.sample(name, space[name]!, context)]));
};

const samplers = fc.constantFrom(...SAMPLERS);
const outcome = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -9, max: 9 }) },
  fc.constantFrom('pruned', 'failed', 'running' as const),
);
const outcomes = fc.array(outcome, { minLength: 8, maxLength: 40 });
const some = { numRuns: 60 };

const X: Distribution = { kind: 'float', low: 0, high: 1 };
const Y: Distribution = { kind: 'float', low: -1, high: 1 };

/** Trials whose only parameter has these values, and these results. */
const trialsAt = (points: readonly number[], values: readonly number[]) =>
  points.map((x, number) => trialRecord({ number, state: 'complete', params: { x }, distributions: { x: X }, value: values[number]! }));

/** The first 200 proposals of as many streams. */
const proposals = (sampler: Sampler, context: SamplerContext) =>
  Array.from({ length: 200 }, (_, seed) => proposal(sampler, { x: X }, { ...context, rng: rng(seed) })['x'] as number);

describe('tpeSampler', () => {
  it('stays in its distributions', () => {
    fc.assert(
      fc.property(spaces, outcomes, samplers, (space, values, sampler) => {
        const params = proposal(sampler, space, contextAfter(space, values));
        for (const [name, value] of Object.entries(params))
          expect([name, value, contains(space[name]!, value)]).toEqual([name, value, true]);
      }),
      { numRuns: 150 },
    );
  });

  it('stays in a distribution that has changed, also in kind', () => {
    fc.assert(
      fc.property(spaces, spaces, samplers, (before, now, sampler) => {
        const context = contextAfter(
          before,
          Array.from({ length: 15 }, (_, i) => i),
        );
        for (const [name, distribution] of Object.entries(now))
          expect(contains(distribution, sampler.sample(name, distribution, context))).toBe(true);
      }),
      some,
    );
  });

  it('proposes the same when all results are shifted', () => {
    fc.assert(
      fc.property(spaces, outcomes, fc.integer({ min: -1000, max: 1000 }), samplers, (space, values, shift, sampler) => {
        const shifted = values.map((value) => (typeof value === 'number' ? value + shift : value));
        expect(proposal(sampler, space, contextAfter(space, shifted))).toEqual(proposal(sampler, space, contextAfter(space, values)));
      }),
      some,
    );
  });

  it('proposes for the largest results what it proposes for the smallest of the negated', () => {
    fc.assert(
      fc.property(spaces, outcomes, samplers, (space, values, sampler) => {
        const negated = values.map((value) => (typeof value === 'number' ? -value : value));
        const maximized = contextAfter(space, negated, 'maximize');
        expect(proposal(sampler, space, maximized)).toEqual(proposal(sampler, space, contextAfter(space, values)));
      }),
      some,
    );
  });

  it('proposes the same share of a range that is scaled', () => {
    const scales = fc.constantFrom(2 ** -20, 0.25, 8, 2 ** 30);
    fc.assert(
      fc.property(outcomes, scales, samplers, (values, scale, sampler) => {
        const scaled = { x: { kind: 'float', low: -1 * scale, high: 3 * scale }, y: { kind: 'float', low: 0, high: scale } } as const;
        const unit = { x: { kind: 'float', low: -1, high: 3 }, y: { kind: 'float', low: 0, high: 1 } } as const;
        const wide = proposal(sampler, scaled, contextAfter(scaled, values));
        const narrow = proposal(sampler, unit, contextAfter(unit, values));
        for (const name of ['x', 'y']) expect((wide[name] as number) / scale).toBeCloseTo(narrow[name] as number, 9);
      }),
      some,
    );
  });

  it('does not care for the order of names', () => {
    const reversed = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).reverse());
    fc.assert(
      fc.property(spaces, outcomes, samplers, (space, values, sampler) => {
        const context = contextAfter(space, values);
        const trials = context.trials.map((trial) => ({
          ...trial,
          params: reversed(trial.params),
          distributions: reversed(trial.distributions),
        }));
        expect(proposal(sampler, reversed(space), { ...context, trials })).toEqual(proposal(sampler, space, context));
      }),
      some,
    );
  });

  it('draws as the random sampler until ten trials are complete or pruned', () => {
    const early = contextAfter({ x: X }, [...new Array<number>(8).fill(0), 'pruned', 'failed', 'running']);
    const later = contextAfter({ x: X }, [...new Array<number>(8).fill(0), 'pruned', 'pruned', 'running']);
    for (const sampler of SAMPLERS) {
      const random = randomSampler();
      expect(proposal(sampler, { x: X }, early)).toEqual(proposal(random, { x: X }, early));
      expect(proposal(sampler, { x: X }, later)).not.toEqual(proposal(random, { x: X }, later));
    }
  });

  it('goes where results were good', () => {
    const points = Array.from({ length: 40 }, (_, i) => i / 39);
    const values = points.map((x) => (x - 0.3) ** 2);
    for (const sampler of SAMPLERS) {
      const found = proposals(sampler, { ...contextAfter({}, []), trials: trialsAt(points, values) });
      expect(found.filter((x) => Math.abs(x - 0.3) < 0.1).length).toBeGreaterThan(150);
    }
  });

  it('keeps away from trials that run, when told to take them for bad', () => {
    const points = Array.from({ length: 20 }, (_, i) => i / 19);
    const complete = trialsAt(
      points,
      points.map((x) => (x - 0.3) ** 2),
    );
    const running = Array.from({ length: 8 }, (_, i) => trialRecord({ number: 20 + i, state: 'running', params: { x: 0.3 + i * 1e-3 } }));
    const near = (sampler: Sampler, trials: SamplerContext['trials']) =>
      proposals(sampler, { ...contextAfter({}, []), trials }).filter((x) => Math.abs(x - 0.3) < 0.03).length;
    const all = [...complete, ...running];
    expect(near(tpeSampler(), all)).toBe(near(tpeSampler(), complete));
    expect(near(tpeSampler({ constantLiar: true }), all)).toBeLessThan(0.5 * near(tpeSampler(), complete));
  });

  it('learns from competitors only, where there are some', () => {
    fc.assert(
      fc.property(spaces, outcomes, samplers, (space, values, sampler) => {
        const context = contextAfter(space, values);
        const competitors = context.trials.filter(({ number }) => number % 3 !== 0);
        const among = proposal(sampler, space, { ...context, competitors });
        expect(among).toEqual(proposal(sampler, space, { ...context, trials: competitors }));
      }),
      some,
    );
  });

  it('draws together what all trials share; in groups also what belongs to a branch', () => {
    const branch: Distribution = { kind: 'categorical', choices: ['a', 'b'] };
    const trials = Array.from({ length: 20 }, (_, number) =>
      number % 2
        ? trialRecord({ number, state: 'complete', value: number, params: { branch: 'a', x: 0.5 }, distributions: { branch, x: X } })
        : trialRecord({ number, state: 'pruned', params: { branch: 'b', y: 0.5 }, distributions: { branch, y: Y } }),
    );
    const context = { ...contextAfter({}, []), trials };
    expect(tpeSampler().together).toBeUndefined();
    expect(Object.keys(tpeSampler({ multivariate: true }).together!(context))).toEqual(['branch']);
    expect(Object.keys(tpeSampler({ multivariate: 'group' }).together!(context)).sort()).toEqual(['branch', 'x', 'y']);
  });

  it('sees together that two parameters go with each other', () => {
    const diagonal = Array.from({ length: 60 }, (_, number) => {
      const [x, y] = [((number * 7) % 60) / 59, ((number * 11) % 60) / 59];
      return trialRecord({ number, state: 'complete', params: { x, y }, distributions: { x: X, y: X }, value: Math.abs(x - y) });
    });
    const distance = (sampler: Sampler) => {
      const found = Array.from({ length: 100 }, (_, seed) => {
        const { x, y } = proposal(sampler, { x: X, y: X }, { ...contextAfter({}, []), trials: diagonal, rng: rng(seed) });
        return Math.abs((x as number) - (y as number));
      });
      return found.reduce((sum, each) => sum + each, 0) / found.length;
    };
    expect(distance(tpeSampler({ multivariate: true }))).toBeLessThan(0.5 * distance(tpeSampler()));
  });

  it('notes what it drew together, for others to see before the objective asks', () => {
    const space = { x: X, [`long ${'name'.repeat(600)}`]: Y };
    const context = contextAfter(
      space,
      Array.from({ length: 12 }, (_, i) => i),
    );
    const sampler = tpeSampler({ multivariate: true, constantLiar: true });
    const systemAttributes = sampler.systemAttributes!(context);
    expect(Object.keys(systemAttributes)).toEqual(['tpe:relative_params:0', 'tpe:relative_params:1']);
    expect(systemAttributes['tpe:relative_params:0']).toHaveLength(2045);
    expect(notedParams({ ...context.trial, systemAttributes })).toEqual(sampler.together!(context));
    expect(notedParams({ ...context.trial, systemAttributes: { 'tpe:relative_params:0': '{"x": 0.' } })).toEqual({});
    expect(tpeSampler({ multivariate: true }).systemAttributes).toBeUndefined();
  });

  it('proposes the only value that there is', () => {
    const one = {
      n: { kind: 'int', low: 4, high: 4 },
      f: { kind: 'float', low: 0.5, high: 0.5 },
      c: { kind: 'categorical', choices: ['only'] },
    } as const;
    for (const sampler of SAMPLERS) {
      const context = contextAfter(
        one,
        Array.from({ length: 12 }, (_, i) => i),
      );
      expect(proposal(sampler, one, context)).toEqual({ n: 4, f: 0.5, c: 'only' });
    }
  });

  it('refuses options out of range', () => {
    const refusal = expect.objectContaining({ code: 'tuning/bad-option' }) as Error;
    expect(() => tpeSampler({ candidates: 0 })).toThrow(refusal);
    expect(() => tpeSampler({ startupTrials: -1 })).toThrow(refusal);
    expect(() => tpeSampler({ multivariate: 'groups' as 'group' })).toThrow(refusal);
  });
});
