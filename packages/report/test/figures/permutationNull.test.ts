import { permutationNull } from '../../src/index.js';
import { select, texts } from './select.js';

const histogram = { edges: [0.3, 0.4, 0.5, 0.6, 0.7], density: [1, 4, 4, 1] };
const x = (element: Element, name: string) => Number(element.getAttribute(name));

describe('permutationNull', () => {
  const figure = permutationNull({ histogram, statistic: 0.62, p: 0.04, arrangements: 9999 });

  it('marks the observed AUC among the bars, with its p-value', () => {
    expect(select(figure, '.bars rect')).toHaveLength(4);
    const line = x(select(figure, '.observed line')[0]!, 'x1');
    const [first, last] = [x(select(figure, '.bars rect')[0]!, 'x'), 450];
    expect((line - first) / (last - first)).toBeCloseTo(0.8, 2);
    expect(texts(figure)).toContain('0.620, p\u00a0=\u00a00.040');
    expect(figure.alt).toBe('Histogram of 9999 AUCs under permuted labels, with the observed AUC of 0.620; p\u00a0=\u00a00.040.');
  });

  it('darkens what lies at least as far out, from the line on', () => {
    const [beyond] = select(figure, '.beyond rect');
    expect(select(figure, '.beyond rect')).toHaveLength(1);
    expect(x(beyond!, 'x')).toBeCloseTo(x(select(figure, '.observed line')[0]!, 'x1'), 0);
  });

  it('darkens the lower side for an AUC below one half', () => {
    const low = permutationNull({ histogram, statistic: 0.45, p: 0.4, arrangements: 99 });
    expect(select(low, '.beyond rect')).toHaveLength(2);
    for (const rect of select(low, '.beyond rect')) expect(x(rect, 'x')).toBeLessThan(x(select(low, '.observed line')[0]!, 'x1'));
  });

  it('keeps an AUC that no permutation reached in sight', () => {
    const far = permutationNull({ histogram, statistic: 0.95, p: 0.0001, arrangements: 9999 });
    expect(x(select(far, '.observed line')[0]!, 'x1')).toBeCloseTo(450, 0);
    expect(select(far, '.beyond rect')).toHaveLength(0);
    expect(texts(far)).toContain('0.950, p\u00a0<\u00a00.001');
  });
});
