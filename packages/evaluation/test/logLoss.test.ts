import { type BinaryLabel, guessingLoss, logLoss } from '../src/index.js';
import { golden } from './golden.js';
import { classes } from './rows.js';

const sklearn = golden<{ name: string; labels: BinaryLabel[]; probabilities: number[]; loss: number }[]>('sklearn', 'probabilities');

describe('logLoss', () => {
  it.each(sklearn)('equals scikit-learn: $name', ({ labels, probabilities, loss }) => {
    expect(logLoss(labels, probabilities)).toBeCloseTo(loss, 12);
  });

  it('is guessingLoss where every case gets the same probability', () => {
    const labels = classes(56, 61);
    expect(
      logLoss(
        labels,
        labels.map(() => 246 / 468),
      ),
    ).toBeCloseTo(guessingLoss(61 / 117, 246 / 468), 12);
  });

  it('refuses what is no probability', () => {
    expect(() => logLoss([0, 1], [0.5, 1.5])).toThrow(/not-a-probability.*index 1/);
    expect(() => logLoss([0, 1], [-0.1, 0.5])).toThrow(/not-a-probability.*index 0/);
  });
});
