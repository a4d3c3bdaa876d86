import { pValuePlot } from '../../src/index.js';
import { select } from './select.js';

const even = Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100);
const corners = (path: Element) =>
  [...path.getAttribute('d')!.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('pValuePlot', () => {
  it('lays uniform values on the diagonal, whatever their order', () => {
    const figure = pValuePlot([{ name: 'test', values: [...even].reverse() }]);
    const points = corners(select(figure, '.found path')[0]!);
    expect(points).toHaveLength(100);
    for (const [x, y] of points) expect((x - 50) / 400).toBeCloseTo((408 - y) / 400, 3);
  });

  it('draws the band of Kolmogorov and Smirnov around the diagonal: 0.134 at a hundred values', () => {
    const band = corners(select(pValuePlot([{ name: 'test', values: even }]), '.band path')[0]!);
    const atZero = band.filter(([x]) => x === 50).map(([, y]) => (408 - y) / 400);
    expect(Math.max(...atZero)).toBeCloseTo(0.134, 3); // scipy.stats.kstwo.ppf(0.95, 100) = 0.13403
    expect(Math.min(...atZero)).toBe(0);
  });

  it('keeps the band of few values inside the frame', () => {
    for (const [x, y] of corners(select(pValuePlot([{ name: 'test', values: [0.2] }]), '.band path')[0]!)) {
      expect(x).toBeGreaterThanOrEqual(50);
      expect(x).toBeLessThanOrEqual(450);
      expect(y).toBeGreaterThanOrEqual(8);
      expect(y).toBeLessThanOrEqual(408);
    }
  });

  it('counts in words what lies at or below 0.05', () => {
    expect(pValuePlot([{ name: 'test', values: [0.01, 0.05, 0.2, 0.9] }]).alt).toContain('test: 4 values, 50.0 % at or below 0.05.');
  });
});
