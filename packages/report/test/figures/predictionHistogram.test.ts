import { predictionHistogram } from '../../src/index.js';
import { evenColumns } from '../../src/panelGrid.js';
import { sampleStudy } from '../sample/sampleStudy.js';
import { select, texts } from './select.js';

const { panels, unlabeled } = sampleStudy(7);

describe('predictionHistogram', () => {
  const figure = predictionHistogram(panels);

  it('has a bar for every bin that holds a case, a curve and a mean for every class of every panel', () => {
    const filled = (label: number) =>
      panels
        .flatMap(({ groups }) => groups.filter((group) => group.label === label).flatMap(({ histogram }) => Array.from(histogram.density)))
        .filter((d) => d > 0);
    for (const label of [0, 1]) {
      expect(select(figure, `.bars.class${label} rect`)).toHaveLength(filled(label).length);
      expect(select(figure, `.density.class${label} path`)).toHaveLength(7);
      expect(select(figure, `.mean.class${label} path`)).toHaveLength(7);
    }
  });

  it('names every panel, with its note', () => {
    expect(texts(figure)).toEqual(expect.arrayContaining(panels.flatMap(({ name, note }) => [name, note])));
  });

  it('tells the classes apart without color', () => {
    expect(select(figure, '.density.class0 [stroke-dasharray], .density.class0[stroke-dasharray]')).not.toHaveLength(0);
    expect(select(figure, '.density.class1 [stroke-dasharray], .density.class1[stroke-dasharray]')).toHaveLength(0);
  });

  it('draws cases without label in one color', () => {
    const test = predictionHistogram(unlabeled);
    expect(select(test, '.bars.unlabeled rect').length).toBeGreaterThan(7);
    expect(select(test, '.class0, .class1')).toHaveLength(0);
    expect(test.title).toMatch(/without a label/);
  });

  it('puts means where they are', () => {
    const at = (score: number) => {
      const one = predictionHistogram([{ ...panels[0]!, groups: [{ ...panels[0]!.groups[0]!, scores: [score] }] }]);
      return Number(/translate\(([\d.]+)/.exec(select(one, '.mean path')[0]!.getAttribute('transform')!)![1]);
    };
    expect(at(0.5) - at(0)).toBeCloseTo(at(1) - at(0.5), 1);
    expect(at(1)).toBeGreaterThan(at(0));
  });
});

it.each([
  [10, 5, 5],
  [9, 5, 5],
  [7, 5, 4],
  [6, 5, 3],
  [3, 5, 3],
  [1, 5, 1],
])('evenColumns: %i panels, at most %i in a row, stand in rows of %i', (count, most, expected) => {
  expect(evenColumns(count, most)).toBe(expected);
});
