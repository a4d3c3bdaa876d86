import fc from 'fast-check';
import { type ScheduleConfig, scheduleOf } from '../src/index.js';
import { golden } from './golden.js';

interface Rates {
  readonly stepsPerEpoch: number;
  readonly cases: { readonly name: string; readonly config: ScheduleConfig; readonly factors: number[] }[];
}

const torch = golden<Rates>('schedules'); // tools/golden/training_schedules.py

describe('scheduleOf', () => {
  it.each(torch.cases)('has the factors of PyTorch at every step: $name', ({ config, factors }) => {
    const schedule = scheduleOf(config);
    factors.forEach((factor, step) => expect(schedule(step / torch.stepsPerEpoch)).toBeCloseTo(factor, 12));
  });

  it('stays where it is constant', () => {
    expect([0, 0.5, 100].map(scheduleOf({ kind: 'constant' }))).toEqual([1, 1, 1]);
  });

  it('begins a warm-up at 0 by default', () => {
    expect([0, 1, 2, 3].map(scheduleOf({ kind: 'warm-up', epochs: 2, then: { kind: 'constant' } }))).toEqual([0, 0.5, 1, 1]);
  });

  it('is by a warm-up what follows, later', () => {
    const then = { kind: 'cosine', epochs: 12, lowest: 0.2 } as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 48 }), (epochs, quarters) => {
        expect(scheduleOf({ kind: 'warm-up', epochs, then })(epochs + quarters / 4)).toBe(scheduleOf(then)(quarters / 4));
      }),
    );
  });
});
