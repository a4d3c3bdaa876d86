import { embeddingMap, type EmbeddingPanel } from '../../src/index.js';
import { sampleEmbeddings } from '../sample/sampleStatistics.js';
import { select, texts } from './select.js';

const { entangled, digits } = sampleEmbeddings(5, 40);
const panel: EmbeddingPanel = {
  name: 'conv1',
  points: [
    [0, 0],
    [4, 1],
    [2, 2],
  ],
  labels: [0, 1, 1],
};
const place = (mark: Element) => /translate\(([\d.]+),([\d.]+)/.exec(mark.getAttribute('transform')!)!.slice(1).map(Number);

describe('embeddingMap', () => {
  it('has a mark for every case of every layer, rings around the marked ones, and a heading with the number', () => {
    const figure = embeddingMap(entangled);
    expect(select(figure, '.cases path')).toHaveLength(5 * 40);
    expect(select(figure, '.marked circle')).toHaveLength(5 * 11);
    expect(texts(figure)).toEqual(
      expect.arrayContaining([
        'conv1',
        '0.48 (chance 0.49), p\u00a0=\u00a00.61',
        'unmethylated (class 0)',
        'methylated (class 1)',
        'seen in training',
      ]),
    );
  });

  it('gives each of ten classes a color and shape of its own', () => {
    const figure = embeddingMap(digits);
    const looks = select(figure, '.cases path').map((mark) => ['fill', 'stroke', 'd'].map((name) => mark.getAttribute(name)).join(' '));
    expect(new Set(looks).size).toBe(10);
    const shapes = select(figure, '.cases path').map(
      (mark) => `${mark.getAttribute('fill') === 'none' ? 'hollow' : 'filled'} ${mark.getAttribute('d')}`,
    );
    expect(new Set(shapes).size).toBe(10);
    expect(texts(figure)).toEqual(expect.arrayContaining(['0', '9']));
  });

  it('draws cases in their order, so that no class covers another throughout', () => {
    const mixed = embeddingMap([{ ...panel, labels: [1, 0, 1] }]);
    const fills = select(mixed, '.cases path').map((mark) => mark.getAttribute('fill'));
    expect(fills[0]).toBe(fills[2]);
    expect(fills[1]).not.toBe(fills[0]);
  });

  it('keeps proportions, and fills the panel whatever the unit', () => {
    const places = select(embeddingMap([panel], { width: 400 }), '.cases path').map((mark) => place(mark));
    const [dx, dy] = [places[1]![0]! - places[0]![0]!, places[0]![1]! - places[1]![1]!];
    expect(dx / dy).toBeCloseTo(4, 1);
    const large = embeddingMap([{ ...panel, points: panel.points.map(([x, y]) => [1000 * x, 1000 * y] as const) }], { width: 400 });
    expect(select(large, '.cases path').map((mark) => place(mark))).toEqual(places);
  });

  it('puts cases at one place in the middle', () => {
    const figure = embeddingMap(
      [
        {
          ...panel,
          points: [
            [3, 3],
            [3, 3],
            [3, 3],
          ],
        },
      ],
      { width: 400 },
    );
    expect(place(select(figure, '.cases path')[0]!)[0]).toBeCloseTo(200, 0);
  });

  it('counts classes in words, and says the number', () => {
    const { alt } = embeddingMap([{ ...panel, separability: { accuracy: 0.5, byChance: 0.49, pValue: 0.0005 } }]);
    expect(alt).toContain(
      'conv1: 3 cases, 1 unmethylated (class 0), 2 methylated (class 1); nearest neighbors of their own class 0.50 (chance 0.49), p\u00a0<\u00a00.001.',
    );
    expect(embeddingMap([panel]).caption).not.toContain('The number');
  });
});
