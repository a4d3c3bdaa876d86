import { type ScheduleConfig, scheduleOf } from '../src/index.js';

// By hand from torch.optim.lr_scheduler's StepLR and MultiStepLR: epochs done -> factor.
const TABLE: [string, ScheduleConfig, [number, number][]][] = [
  ['stays', { kind: 'constant' }, [[0, 1], [100, 1]]], // prettier-ignore
  ['falls once', { kind: 'step', factor: 0.5, atEpochs: [10] }, [[0, 1], [9, 1], [9.99, 1], [10, 0.5], [14.5, 0.5]]], // prettier-ignore
  ['falls at each of several epochs', { kind: 'step', factor: 0.5, atEpochs: [20, 10] }, [[9, 1], [10, 0.5], [19.9, 0.5], [20, 0.25], [29, 0.25]]], // prettier-ignore
  ['falls again and again', { kind: 'step', factor: 0.1, everyEpochs: 3 }, [[0, 1], [2.9, 1], [3, 0.1], [6, 0.01], [8.9, 0.01]]], // prettier-ignore
];

describe('scheduleOf', () => {
  it.each(TABLE)('%s', (_name, config, expected) => {
    const schedule = scheduleOf(config);
    for (const [epochs, factor] of expected) expect(schedule(epochs)).toBeCloseTo(factor, 12);
  });
});
