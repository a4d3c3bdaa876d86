import { precisionRecall } from '../../src/index.js';
import { sampleStatistics } from '../sample/sampleStatistics.js';
import { select } from './select.js';

const { precisionRecalls } = sampleStatistics(3);

describe('precisionRecall', () => {
  it('has a line for every model and one for guessing, at the share of class 1', () => {
    const figure = precisionRecall({ curves: precisionRecalls, prevalence: 0.25 });
    expect(select(figure, '.curve path')).toHaveLength(3);
    const y = (selector: string) => Number(select(figure, selector)[0]!.getAttribute('y1'));
    const [top, bottom] = [8, 8 + 460 - 60];
    expect((bottom - y('.guessing line')) / (bottom - top)).toBeCloseTo(0.25, 2);
    expect(figure.caption).toContain('right in 0.25 of its calls');
  });

  it('goes in steps, each at the precision that its recall was reached with', () => {
    const figure = precisionRecall({ curves: [{ name: 'x', precisions: [1, 1, 0.5], recalls: [0, 0.5, 1] }], prevalence: 0.5 });
    expect(select(figure, '.curve path')[0]!.getAttribute('d')).toBe('M50,8L50,8L250,8L250,208L450,208');
  });

  it('says the average precision, where there is one', () => {
    const { alt } = precisionRecall({
      curves: [
        { name: 'a', precisions: [1], recalls: [0], averagePrecision: 0.613 },
        { name: 'b', precisions: [1], recalls: [0] },
      ],
      prevalence: 0.5,
    });
    expect(alt).toContain('a: average precision 0.61. b: average precision not given.');
  });
});
