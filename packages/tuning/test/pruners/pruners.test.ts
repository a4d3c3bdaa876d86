import { readFileSync } from 'node:fs';
import { rng } from '@mgmt/core';
import fc from 'fast-check';
import {
  type Direction,
  hyperbandPruner,
  medianPruner,
  nopPruner,
  patientPruner,
  percentilePruner,
  type Pruner,
  successiveHalvingPruner,
  thresholdPruner,
  type TrialRecord,
} from '../../src/index.js';
import { trialRecord } from '../samplers/tpeGolden.js';

interface Curve {
  readonly start: number;
  readonly reports: readonly (readonly [step: number, value: number | string])[];
  readonly end: 'complete' | 'failed';
}

interface Table {
  readonly title: string;
  readonly pruner: string;
  readonly config: never;
  readonly direction: Direction;
  readonly scale: number;
  readonly studyName: string;
  readonly verdicts: readonly string[];
  readonly brackets?: readonly number[];
}

const optuna = JSON.parse(readFileSync(new URL('../golden/pruners.json', import.meta.url), 'utf8')) as {
  readonly trials: readonly Curve[];
  readonly tables: readonly Table[];
};

const PRUNERS: Readonly<Record<string, (config: never) => Pruner>> = {
  nop: nopPruner,
  median: medianPruner,
  percentile: ({ percentile, ...config }: { percentile: number }) => percentilePruner(percentile, config),
  halving: successiveHalvingPruner,
  hyperband: hyperbandPruner,
  patient: (config) => patientPruner(undefined, config),
  patientMedian: (config) => patientPruner(medianPruner(), config),
  threshold: thresholdPruner,
};

/** What a pruner says to trials that run beside each other, in the ticks that the golden's script describes; and the trials as they ended. */
function play(pruner: Pruner, curves: readonly Curve[], { direction, scale, studyName }: Pick<Table, 'direction' | 'scale' | 'studyName'>) {
  const verdicts = curves.map(() => '');
  const trials: TrialRecord[] = [];
  for (let tick = 0; trials.length < curves.length || trials.some(({ state }) => state === 'running'); tick++) {
    curves.forEach(({ start }, number) => start === tick && trials.push(trialRecord({ number, state: 'running' })));
    trials.forEach((before, number) => {
      if (before.state !== 'running') return;
      const { reports, end } = curves[number]!;
      const [step, value] = reports[before.intermediate.length]!;
      const trial = { ...before, intermediate: [...before.intermediate, { step: step * scale, value: Number(value) }] };
      const others = trials.filter((other) => other !== before);
      const { prune, systemAttributes } = pruner({ direction, trials: others, trial, studyName, rng: rng(number) });
      const state = prune ? 'pruned' : trial.intermediate.length === reports.length ? end : 'running';
      trials[number] = { ...trial, state, systemAttributes: { ...trial.systemAttributes, ...systemAttributes } };
      verdicts[number] += prune ? '1' : '0';
    });
  }
  return { verdicts, trials };
}

describe('pruners', () => {
  it.each(optuna.tables)("say what Optuna's do: $pruner, $title", (table) => {
    expect(play(PRUNERS[table.pruner]!(table.config), optuna.trials, table).verdicts).toEqual(table.verdicts);
  });

  it.each(optuna.tables.filter(({ brackets }) => brackets))("have Optuna's brackets: $title", (table) => {
    const pruner = hyperbandPruner(table.config);
    const { trials } = play(pruner, optuna.trials, table);
    trials.forEach((trial, i) => {
      const others = trials.filter((other) => other !== trial);
      const inBracket = others.filter(({ number }) => table.brackets![number] === table.brackets![i]);
      expect(pruner.competitors!(trial, others, table.studyName)).toEqual(inBracket);
    });
  });

  it.each(optuna.tables)('say the same of a mirrored study: $pruner, $title', (table) => {
    if (table.pruner === 'threshold') return; // its bounds do not mirror
    const mirrored = optuna.trials.map((curve) => ({
      ...curve,
      reports: curve.reports.map(([step, value]) => [step, -Number(value)] as const),
    }));
    const direction = table.direction === 'minimize' ? 'maximize' : 'minimize';
    expect(play(PRUNERS[table.pruner]!(table.config), mirrored, { ...table, direction }).verdicts).toEqual(table.verdicts);
  });

  it('end nothing that is the best so far', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 });
    const built = [
      medianPruner({ startupTrials: 1 }),
      percentilePruner(10, { startupTrials: 0 }),
      successiveHalvingPruner({ minResource: 1, reductionFactor: 2 }),
    ];
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 12 }), fc.constantFrom(...built), (others, pruner) => {
        const curves = [...others, new Array<number>(8).fill(-51)].map((curve, start): Curve => ({
          start: 10 * start,
          reports: curve.map((value, step) => [step, value]),
          end: 'complete',
        }));
        const { verdicts } = play(pruner, curves, { direction: 'minimize', scale: 1, studyName: '' });
        expect(verdicts.at(-1)).toBe('00000000');
      }),
    );
  });

  it.each([
    { reported: [1, 2, Infinity], pruned: [false, false, true] },
    { reported: [-Infinity, -Infinity, 1], pruned: [true, true, true] },
    { reported: [1, Infinity], pruned: [false, false, false] },
  ])('hold an infinite report for one that is far away: $reported', ({ reported, pruned }) => {
    const trials = reported.map((value, number) => trialRecord({ number, state: 'complete', intermediate: [{ step: 0, value }] }));
    const verdictOf = (value: number) => {
      const trial = trialRecord({ number: 3, state: 'running', intermediate: [{ step: 0, value }] });
      return medianPruner({ startupTrials: 1 })({ direction: 'minimize', trials, trial, studyName: '', rng: rng(0) }).prune;
    };
    expect([1.9, 2, 2.1].map(verdictOf)).toEqual(pruned);
  });

  it.each<[string, () => Pruner]>([
    ['a percentile above 100', () => percentilePruner(101)],
    ['no interval', () => medianPruner({ intervalSteps: 0 })],
    ['a negative warm-up', () => thresholdPruner({ upper: 1, warmupSteps: -1 })],
    ['no bound', () => thresholdPruner({})],
    ['crossed bounds', () => thresholdPruner({ lower: 2, upper: 1 })],
    ['a reduction to all', () => successiveHalvingPruner({ reductionFactor: 1 })],
    ['a wait without a first rung', () => successiveHalvingPruner({ bootstrapCount: 1 })],
    ['a wait without a last step', () => hyperbandPruner({ bootstrapCount: 1 })],
    ['fewer steps than the first rung', () => hyperbandPruner({ minResource: 5, maxResource: 4 })],
    ['negative patience', () => patientPruner(undefined, { patience: -1 })],
    ['a negative margin', () => patientPruner(undefined, { patience: 1, minDelta: -0.1 })],
  ])('refuse %s', (_, build) => {
    expect(build).toThrow(expect.objectContaining({ code: 'tuning/bad-option' }) as Error);
  });
});
