import { reliabilityDiagram, type ReliabilityPoint } from '../../src/index.js';
import { sampleStatistics } from '../sample/sampleStatistics.js';
import { select, texts } from './select.js';

const { reliability } = sampleStatistics(3);
const bin = (meanProbability: number, share: number, low: number, high: number): ReliabilityPoint => ({
  low: 0,
  high: 1,
  count: 7,
  meanProbability,
  share,
  bar: { low, high },
});

describe('reliabilityDiagram', () => {
  const figure = reliabilityDiagram(reliability);

  it('has a dot and an interval for every bin, a diagonal and a heading for every model', () => {
    const bins = reliability.flatMap((panel) => panel.bins);
    expect(select(figure, '.share circle')).toHaveLength(bins.length);
    expect(select(figure, '.interval line')).toHaveLength(bins.length);
    expect(select(figure, '.calibrated path')).toHaveLength(3);
    expect(select(figure, '.curve path')).toHaveLength(3);
    expect(texts(figure)).toEqual(expect.arrayContaining(['seed 1', 'seed 2', 'seed 3', 'error 0.11, by chance 0.09']));
  });

  it('puts a bin at its mean probability and its share, with its interval around it, on the scale of the diagonal', () => {
    const one = reliabilityDiagram([{ name: 'x', bins: [bin(0.4, 0.7, 0.2, 0.9)] }]);
    const [, x0, y0, x1, y1] = /M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)/
      .exec(select(one, '.calibrated path')[0]!.getAttribute('d')!)!
      .map(Number);
    const dot = select(one, '.share circle')[0]!;
    expect(Number(dot.getAttribute('cx'))).toBeCloseTo(x0! + 0.4 * (x1! - x0!), 1);
    expect(Number(dot.getAttribute('cy'))).toBeCloseTo(y0! + 0.7 * (y1! - y0!), 1);
    const interval = select(one, '.interval line')[0]!;
    const ends = [interval.getAttribute('y1'), interval.getAttribute('y2')].map((y) => (Number(y) - y0!) / (y1! - y0!)).sort();
    expect(ends[0]).toBeCloseTo(0.2, 2);
    expect(ends[1]).toBeCloseTo(0.9, 2);
  });

  it('draws how often each probability was given beneath the diagram, from the bins where there is no histogram', () => {
    const given = reliabilityDiagram([{ name: 'x', bins: [bin(0.5, 0.5, 0.2, 0.9)], histogram: { edges: [0, 0.5, 1], density: [2, 0] } }]);
    expect(select(given, '.bars rect')).toHaveLength(1);
    const [wide, narrow] = [bin(0.4, 0.5, 0.2, 0.9), bin(0.9, 0.5, 0.2, 0.9)];
    const counted = reliabilityDiagram([
      {
        name: 'x',
        bins: [
          { ...wide, high: 0.8, count: 8 },
          { ...narrow, low: 0.8, count: 4 },
        ],
      },
    ]);
    const heights = select(counted, '.bars rect').map((rect) => Number(rect.getAttribute('height')));
    expect(heights[1]! / heights[0]!).toBeCloseTo(2, 1);
    const diagonalStart = Number(/M[\d.]+,([\d.]+)/.exec(select(counted, '.calibrated path')[0]!.getAttribute('d')!)![1]);
    for (const rect of select(counted, '.bars rect')) expect(Number(rect.getAttribute('y'))).toBeGreaterThan(diagonalStart);
  });

  it('says every bin in words', () => {
    expect(reliabilityDiagram([{ name: 'seed 1', bins: [bin(0.31, 0.5, 0.2, 0.9)] }]).alt).toContain(
      'seed 1: share of class 1 at 0.31 0.50 of 7 cases (0.20 to 0.90).',
    );
  });
});
