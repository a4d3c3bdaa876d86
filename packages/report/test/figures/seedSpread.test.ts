import { seedSpread } from '../../src/index.js';
import { select, texts } from './select.js';

const spread = { names: ['seed 1', 'seed 2'], means: [0.4, 0.6], deviations: [0.1, 0.2], prior: 0.52 };

describe('seedSpread', () => {
  it('has a dot and a bar of one deviation to both sides for every seed, and the prior', () => {
    const figure = seedSpread(spread);
    const [bar] = select(figure, '.deviation line');
    const x = (name: string) => Number(bar!.getAttribute(name));
    expect(select(figure, '.deviation line')).toHaveLength(2);
    expect(select(figure, '.prior line')).toHaveLength(1);
    expect(Number(select(figure, '.mean circle')[0]!.getAttribute('cx'))).toBeCloseTo((x('x1') + x('x2')) / 2, 1);
    expect(texts(figure)).toEqual(expect.arrayContaining(['seed 1', '0.40 ± 0.10', 'seed 2', '0.60 ± 0.20']));
  });

  it('sets the spread of the means against those within, where it is known', () => {
    expect(select(seedSpread(spread), '.between')).toHaveLength(0);
    const figure = seedSpread({ ...spread, deviationOfMeans: 0.141, p: 0.03 });
    expect(select(figure, '.between line')).toHaveLength(1);
    expect(texts(figure)).toContain('0.50 ± 0.14');
    expect(figure.caption).toContain('all seeds predict the same on average: p\u00a0=\u00a00.030.');
  });

  it('keeps bars and prior inside the axis', () => {
    const figure = seedSpread({ ...spread, prior: 0.05 });
    const bars = select(figure, '.deviation line').flatMap((bar) => [Number(bar.getAttribute('x1')), Number(bar.getAttribute('x2'))]);
    expect(Math.max(...bars)).toBeLessThanOrEqual(720 - 104);
    expect(Number(select(figure, '.prior line')[0]!.getAttribute('x1'))).toBeGreaterThanOrEqual(128);
  });
});
