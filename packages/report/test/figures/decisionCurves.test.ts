import { decisionCurves } from '../../src/index.js';
import { sampleStatistics } from '../sample/sampleStatistics.js';
import { select, texts } from './select.js';

const { decisions } = sampleStatistics(3);
const line = { name: 'm', thresholds: [0.1, 0.2, 0.3, 0.4, 0.5], all: [0.4, 0.3, 0.2, 0.1, -0.1] };

describe('decisionCurves', () => {
  it('has a line for every model, one for everybody and one at zero for nobody', () => {
    const figure = decisionCurves(decisions);
    for (const style of [undefined, '7 3', '2 2.5']) {
      expect(select(figure, '.model').filter((group) => (group.getAttribute('stroke-dasharray') ?? undefined) === style)).toHaveLength(1);
    }
    expect(select(figure, '.everybody path')).toHaveLength(1);
    expect(select(figure, '.nobody line')).toHaveLength(1);
    expect(texts(figure)).toEqual(expect.arrayContaining(['seed 1', 'seed 2', 'seed 3', 'treat everybody', 'treat nobody']));
  });

  it('says at which thresholds a model is of use', () => {
    expect(decisionCurves([{ ...line, model: [0.4, 0.31, 0.22, 0.1, 0.02] }]).alt).toContain(
      'm: better than treating everybody or nobody at thresholds 0.20 to 0.30, 0.50.',
    );
    expect(decisionCurves([{ ...line, model: line.all }]).alt).toContain('m: at no threshold better');
  });

  it('cuts off what is far below zero where it crosses the edge, and goes on where it comes back', () => {
    const figure = decisionCurves([{ ...line, model: [0.4, -5, -5, 0.3, 0.3] }]);
    const paths = select(figure, '.model path').map((path) => path.getAttribute('d')!);
    expect(paths).toHaveLength(2);
    const bottom = Number(select(figure, '[aria-label="x-axis tick"] path')[0]!.getAttribute('transform')!.split(',')[1]!.replace(')', ''));
    const heights = paths.flatMap((path) => [...path.matchAll(/,(\d+(?:\.\d+)?)/g)].map(([, y]) => Number(y)));
    expect(Math.max(...heights)).toBeCloseTo(bottom, 0);
  });
});
