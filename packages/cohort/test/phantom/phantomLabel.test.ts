import { phantomConfig, type PhantomConfig } from '../../src/phantom/phantomConfig.js';
import { phantomLabel } from '../../src/phantom/phantomLabel.js';

const labels = (count: number, partial: Partial<PhantomConfig> = {}) =>
  Array.from({ length: count }, (_, i) => phantomLabel(phantomConfig(partial), 'train', i));
const ones = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('phantomLabel', () => {
  it("gives 585 cases the 307 of class 1 that the paper's Table 2 counts, whatever the seed", () => {
    for (const seed of [0, 1, 2]) expect(ones(labels(585, { seed }))).toBe(307);
  });

  it.each([0, 0.2, 0.5, 0.9, 1])('holds a share of %d within two cases at every size', (positives) => {
    const all = labels(200, { positives });
    for (let n = 1; n <= 200; n++) expect(Math.abs(ones(all.slice(0, n)) - n * positives)).toBeLessThanOrEqual(2);
  });

  it('does not depend on the size of the cohort, and does on the seed', () => {
    expect(labels(30, { cases: 30 })).toEqual(labels(60, { cases: 585 }).slice(0, 30));
    expect(labels(30, { seed: 1 })).not.toEqual(labels(30, { seed: 2 }));
  });

  it('cannot be told from the index: every place in a block is of both classes', () => {
    const all = labels(500);
    for (let place = 0; place < 5; place++) {
      const share = ones(all.filter((_, i) => i % 5 === place)) / 100;
      expect(share).toBeGreaterThan(0.35); // 0.525 and three deviations of a hundred draws
      expect(share).toBeLessThan(0.7);
    }
  });
});
