import { leakageDumbbell } from '../../src/index.js';
import { sampleStatistics } from '../sample/sampleStatistics.js';
import { select, texts } from './select.js';

const { leakage } = sampleStatistics(1);

describe('leakageDumbbell', () => {
  const figure = leakageDumbbell(leakage);

  it('has two dots with intervals and the leak between them for every model', () => {
    for (const kind of ['by-slice', 'by-patient']) {
      expect(select(figure, `.${kind} circle`)).toHaveLength(4);
      expect(select(figure, `.${kind}-interval line`)).toHaveLength(4);
    }
    const ends = select(figure, '.leak path').map((path) =>
      /M([\d.]+),[\d.]+L([\d.]+),/.exec(path.getAttribute('d')!)!.slice(1).map(Number),
    );
    const dots = (kind: string) => select(figure, `.${kind} circle`).map((dot) => Number(dot.getAttribute('cx')));
    expect(ends.map(([from]) => from)).toEqual(dots('by-slice'));
    expect(ends.map(([, to]) => to)).toEqual(dots('by-patient'));
  });

  it('writes both AUCs and the leak beside each row', () => {
    expect(texts(figure)).toEqual(expect.arrayContaining(['ResNet34', '0.97', '0.54', '+0.43']));
    const swapped = leakageDumbbell([{ name: 'x', bySlice: leakage[0]!.byPatient, byPatient: leakage[0]!.bySlice }]);
    expect(texts(swapped)).toContain('−0.43');
  });

  it('tells the two apart without color', () => {
    expect(select(figure, '.by-slice')[0]!.getAttribute('stroke')).not.toBeNull();
    expect(select(figure, '.by-patient')[0]!.getAttribute('stroke')).toBeNull();
  });
});
