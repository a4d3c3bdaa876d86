import { contrastiveGuessing, lossCurves } from '../../src/index.js';
import { sampleStudy } from '../sample/sampleStudy.js';
import { select, texts } from './select.js';

const { runs } = sampleStudy(4);

describe('lossCurves', () => {
  const figure = lossCurves(runs);

  it('has a line for every run, one for each mean, and one for guessing', () => {
    expect(select(figure, '.training path')).toHaveLength(4);
    expect(select(figure, '.validation path')).toHaveLength(4);
    expect(select(figure, '.training-mean path')).toHaveLength(1);
    expect(select(figure, '.validation-mean path')).toHaveLength(1);
    expect(select(figure, '.guessing line')).toHaveLength(1);
    expect(texts(figure)).toContain('ln 2');
  });

  it('names each line on hovering', () => {
    expect(select(figure, '.training path > title').map(({ textContent }) => textContent)).toEqual(runs.map(({ name }) => name));
  });

  it('keeps the line of guessing in sight when all losses are far from it', () => {
    const far = lossCurves([{ name: 'overfitted', training: [0.3, 0.01] }]);
    const y = Number(select(far, '.guessing line')[0]!.getAttribute('y1'));
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(60);
  });

  it('draws a single run without a mean', () => {
    expect(select(lossCurves(runs.slice(0, 1)), '.training-mean')).toHaveLength(0);
  });

  it('averages an epoch over the runs that reached it', () => {
    const height = (figure: ReturnType<typeof lossCurves>, selector: string) =>
      select(figure, `${selector} path`).map((path) => path.getAttribute('d'));
    const cut = lossCurves([
      { name: 'a', training: [0.9, 0.8, 0.7] },
      { name: 'b', training: [0.9, 0.8] },
    ]);
    expect(height(cut, '.training-mean')[0]).toBe(height(cut, '.training')[0]);
  });

  it('shows a single epoch as points, and numbers whole epochs only', () => {
    const one = lossCurves(runs.map(({ name, training }) => ({ name, training: Array.from(training).slice(0, 1) })));
    expect(select(one, '.training-point circle')).toHaveLength(4);
    expect(select(figure, '.training-point')).toHaveLength(0);
    const long = lossCurves([{ name: 'long', training: Array.from({ length: 40 }, () => 0.7) }]);
    const epochs = select(long, '[aria-label="x-axis tick label"] text').map(({ textContent }) => textContent);
    expect(epochs).toEqual(['1', '4', '7', '10', '13', '16', '19', '22', '25', '28', '31', '34', '37', '40']);
  });

  it('leaves out what was not measured, in line, mean and words', () => {
    const gaps = lossCurves([
      { name: 'a', training: [0.9, 0.8], validation: [0.9, NaN] },
      { name: 'b', training: [0.9, 0.8], validation: [0.9, 0.7] },
    ]);
    expect(gaps.svg + gaps.alt).not.toContain('NaN');
    expect(select(gaps, '.validation-mean path')[0]!.getAttribute('d')).toBe(select(gaps, '.validation path')[1]!.getAttribute('d'));
    expect(select(lossCurves([{ name: 'a', training: [0.9], validation: [NaN] }]), '.validation path')).toHaveLength(0);
  });

  it('tables every epoch, with nothing where there was no validation', () => {
    expect(lossCurves([{ name: 'a', training: [0.9, 0.8], validation: [0.95] }]).table.rows).toEqual([
      ['a', 1, 0.9, 0.95],
      ['a', 2, 0.8, null],
    ]);
  });

  it('draws the line of guessing of another loss, and says whose loss that is', () => {
    const figure = lossCurves([{ name: 'pretraining', training: [6, 2] }], { guessing: contrastiveGuessing(256) });
    expect(contrastiveGuessing(256).loss).toBeCloseTo(6.23637, 5);
    expect(texts(figure)).toEqual(expect.arrayContaining(['ln 511', 'loss (NT-Xent)']));
    expect(figure.caption).toContain('A model to which all images look alike has a loss of ln 511 = 6.236');
    expect(figure.alt).toContain('a line at ln 511 = 6.236');
    expect(Number(select(figure, '.guessing line')[0]!.getAttribute('y1'))).toBeLessThan(40);
  });
});
