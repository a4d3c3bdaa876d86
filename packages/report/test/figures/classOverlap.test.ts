import { classOverlap } from '../../src/index.js';
import { sampleStudy } from '../sample/sampleStudy.js';
import { select } from './select.js';

const { panels } = sampleStudy(3);

describe('classOverlap', () => {
  const figure = classOverlap(panels);

  it('has a dot for every case, a density for every class, the boundary and the mean for every model', () => {
    expect(select(figure, '.cases.class0 circle')).toHaveLength(3 * 56);
    expect(select(figure, '.cases.class1 circle')).toHaveLength(3 * 61);
    for (const label of [0, 1]) expect(select(figure, `.density.class${label} path`)).toHaveLength(3);
    expect(select(figure, '.boundary line')).toHaveLength(3);
    expect(select(figure, '.center line')).toHaveLength(3);
  });

  it('puts methylated cases above the line and unmethylated below', () => {
    const one = classOverlap(panels.slice(0, 1));
    const heights = (label: number) => select(one, `.cases.class${label} circle`).map((dot) => Number(dot.getAttribute('cy')));
    expect(Math.max(...heights(1))).toBeLessThan(Math.min(...heights(0)));
  });

  it('counts in words who is beyond the boundary', () => {
    const group = panels[0]!.groups[0]!;
    const { alt } = classOverlap([
      {
        name: 'x',
        groups: [
          { ...group, label: 0, scores: [0.2, 0.5] },
          { ...group, label: 1, scores: [0.9] },
        ],
      },
    ]);
    expect(alt).toContain(
      'x: mean of all predictions 0.53; 1 of 2 unmethylated (class 0) at or above 0.5, 1 of 1 methylated (class 1) at or above 0.5.',
    );
  });
});
