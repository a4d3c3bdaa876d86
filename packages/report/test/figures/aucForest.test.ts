import { aucForest } from '../../src/index.js';
import { sampleStudy } from '../sample/sampleStudy.js';
import { select, texts } from './select.js';

const { forest } = sampleStudy(7);

describe('aucForest', () => {
  const figure = aucForest(forest);

  it('has a dot and an interval for every model, a diamond for the mean, a hollow mark for every printed value', () => {
    expect(select(figure, '.auc circle')).toHaveLength(7);
    expect(select(figure, '.interval line')).toHaveLength(7);
    expect(select(figure, '.mean path')).toHaveLength(1);
    expect(select(figure, '.mean-interval line')).toHaveLength(1);
    expect(select(figure, '.paper circle')).toHaveLength(6); // five of Table 3 and the mean's
    expect(select(figure, '.paper')[0]!.getAttribute('fill')).toBe('none');
    expect(select(figure, '.chance line')).toHaveLength(1);
  });

  it('writes estimate and interval beside each row', () => {
    const one = aucForest({ rows: [{ name: 'seed 1', ours: { value: 0.5341, low: 0.4302, high: 0.6389 }, paper: 0.57 }] });
    expect(texts(one)).toEqual(expect.arrayContaining(['seed 1', '0.53  [0.43, 0.64]', '0.57']));
  });

  it('shows a row that only the paper has', () => {
    const one = aucForest({ rows: [{ name: 'model 5', paper: 0.57 }] });
    expect(select(one, '.auc circle')).toHaveLength(0);
    expect(select(one, '.paper circle')).toHaveLength(1);
    expect(one.alt).toContain('model 5: not measured here, in the paper 0.57.');
  });

  it('keeps every interval inside the axis', () => {
    const wide = aucForest({ rows: [{ name: 'a', ours: { value: 0.99, low: 0.1, high: 1 } }] });
    const line = select(wide, '.interval line')[0]!;
    const chance = Number(select(wide, '.chance line')[0]!.getAttribute('x1'));
    expect(Number(line.getAttribute('x1'))).toBeLessThan(chance);
    expect(Number(line.getAttribute('x2'))).toBeLessThanOrEqual(720 - 144);
  });
});

it('aucForest has no column for the paper where it printed nothing', () => {
  expect(texts(aucForest({ rows: [{ name: 'a', ours: { value: 0.5, low: 0.4, high: 0.6 } }] }))).not.toContain('paper');
  expect(texts(aucForest({ rows: [{ name: 'a', paper: 0.57 }] }))).toContain('paper');
});
