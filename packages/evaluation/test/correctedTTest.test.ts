import { correctedTTest } from '../src/index.js';
import { golden } from './golden.js';

interface Case {
  differences: number[];
  testCases: number;
  trainingCases: number;
  t: number;
  p: number;
  interval90: [number, number];
}

describe('correctedTTest', () => {
  it.each(golden<Case[]>('inference', 'corrected'))("equals the formula on SciPy's t: $testCases to $trainingCases", (one) => {
    const { t, p, low, high } = correctedTTest(one.differences, { ...one, level: 0.9 });
    expect([t, p, low, high]).toEqual([one.t, one.p, ...one.interval90].map((value) => expect.closeTo(value, 10) as number));
  });

  it('changes its sign and nothing else when the models change places', () => {
    const sizes = { testCases: 117, trainingCases: 468 };
    const [there, back] = [correctedTTest([0.1, 0.02, -0.03], sizes), correctedTTest([-0.1, -0.02, 0.03], sizes)];
    expect([back.mean, back.t, back.p]).toEqual([-there.mean, -there.t, there.p]);
    expect([back.low, back.high]).toEqual([-there.high, -there.low]);
  });

  it('gets no surer without end from more repetitions', () => {
    const differences = [0.1, 0.02, -0.03, 0.05, 0.06];
    const width = (times: number) => {
      const { low, high } = correctedTTest(new Array<number[]>(times).fill(differences).flat(), { testCases: 1, trainingCases: 4 });
      return high - low;
    };
    expect(width(1000) / width(10)).toBeGreaterThan(0.9);
  });

  it('finds nothing in differences of 0, and refuses to judge equal ones', () => {
    expect(correctedTTest([0, 0], { testCases: 1, trainingCases: 4 })).toEqual({ mean: 0, low: 0, high: 0, t: 0, p: 1 });
    expect(() => correctedTTest([0.1, 0.1, 0.1], { testCases: 1, trainingCases: 4 })).toThrow(/too-few: the spread/);
    expect(() => correctedTTest([0.1], { testCases: 1, trainingCases: 4 })).toThrow(/too-few: the spread/);
  });
});
