import { rocCurves } from '../../src/index.js';
import { sampleStudy } from '../sample/sampleStudy.js';
import { select } from './select.js';

const { rocs } = sampleStudy(4);

describe('rocCurves', () => {
  it('has a line for every model, one for the mean and the diagonal', () => {
    const figure = rocCurves(rocs);
    expect(select(figure, '.roc path')).toHaveLength(4);
    expect(select(figure, '.mean path')).toHaveLength(1);
    expect(select(figure, '.chance path')).toHaveLength(1);
  });

  it('runs a perfect curve along the left and upper edges', () => {
    const perfect = rocCurves({ curves: [{ name: 'perfect', falsePositiveRate: [0, 0, 1], truePositiveRate: [0, 1, 1] }] });
    const path = select(perfect, '.roc path')[0]!.getAttribute('d')!;
    const diagonal = select(perfect, '.chance path')[0]!.getAttribute('d')!;
    const [start, end] = [/M([\d.]+),([\d.]+)/.exec(diagonal)!, /L([\d.]+),([\d.]+)/.exec(diagonal)!];
    expect(path).toBe(`M${start[1]},${start[2]}L${start[1]},${end[2]}L${end[1]},${end[2]}`);
  });

  it('stands without a mean', () => {
    const figure = rocCurves({ curves: rocs.curves });
    expect(select(figure, '.mean path')).toHaveLength(0);
    expect(figure.alt).not.toContain('and their mean');
  });

  it('shades the band that a line brings, and says so', () => {
    const band = { falsePositiveRate: [0, 0.5, 1], low: [0, 0.25, 0.9], high: [0.2, 0.75, 1] };
    const figure = rocCurves({ curves: rocs.curves, mean: { ...rocs.mean!, band } });
    expect(select(figure, '.band path').map((path) => path.getAttribute('d'))).toEqual(['M50,328L250,108L450,8L450,48L250,308L50,408Z']);
    expect(figure.caption).toContain('95 % interval');
    expect(figure.table.rows.slice(-1)).toEqual([['mean', 1, null, 0.9, 1]]);
    expect(select(rocCurves(rocs), '.band')).toHaveLength(0);
  });
});
