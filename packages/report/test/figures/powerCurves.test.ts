import { powerCurves, type PowerLine } from '../../src/index.js';
import { sampleStatistics } from '../sample/sampleStatistics.js';
import { select, texts } from './select.js';

const { power, found } = sampleStatistics(1);
const line: PowerLine = { name: 'ResNet10', points: [{ signal: 0.5, value: 0.7, low: 0.6, high: 0.8 }], smallest: 0.5 };

describe('powerCurves', () => {
  const figure = powerCurves(power);

  it('has a point and an interval for every strength, a line and the smallest signal found for every pipeline', () => {
    expect(select(figure, '.value path, .value circle')).toHaveLength(18);
    expect(select(figure, '.interval line')).toHaveLength(18);
    expect(select(figure, '.pipeline path')).toHaveLength(3);
    expect(select(figure, '.smallest path')).toHaveLength(3);
    expect(texts(figure)).toEqual(expect.arrayContaining(['ResNet10, 3-D', 'smallest found', 'AUC']));
  });

  it('draws an interval from end to end', () => {
    const [interval] = select(
      powerCurves({ measure: 'found', pipelines: [{ name: 'x', points: [{ signal: 1, value: 0.7, low: 0.51, high: 0.85 }] }] }),
      '.interval line',
    );
    const [low, high] = ['y1', 'y2'].map((name) => Number(interval!.getAttribute(name)));
    const [top, bottom] = [10, 320 - 44];
    expect((1.02 * (bottom - low!)) / (bottom - top)).toBeCloseTo(0.51, 2);
    expect((1.02 * (bottom - high!)) / (bottom - top)).toBeCloseTo(0.85, 2);
  });

  it('holds an AUC against chance, and a share found against false alarms', () => {
    const chance = (drawn: ReturnType<typeof powerCurves>) => Number(select(drawn, '.chance line')[0]!.getAttribute('y1'));
    const tick = (drawn: ReturnType<typeof powerCurves>, label: string) => {
      const at = select(drawn, '[aria-label="y-axis tick label"] text').find(({ textContent }) => textContent === label)!;
      return Number(/,([\d.]+)\)/.exec(at.getAttribute('transform')!)![1]);
    };
    expect(chance(figure)).toBeCloseTo(tick(figure, '0.5'), 0);
    const share = powerCurves({ ...found, level: 0.2 });
    expect(chance(share)).toBeCloseTo(tick(share, '0.2'), 0);
    expect(texts(share)).toContain('share found');
  });

  it('marks nothing where no signal was found', () => {
    const { smallest: _, ...missed } = line;
    const one = powerCurves({ measure: 'auc', pipelines: [missed] });
    expect(select(one, '.smallest path')).toHaveLength(0);
    expect(one.caption).not.toContain('Triangles');
    expect(one.table.rows).toEqual([['ResNet10', 0.5, 0.7, 0.6, 0.8, null]]);
  });

  it('says every point in words', () => {
    expect(powerCurves({ measure: 'auc', pipelines: [line] }).alt).toBe(
      'AUC over the strength of the signal. ResNet10: at 0.5 0.70 (0.60 to 0.80); smallest signal found 0.5.',
    );
  });
});
