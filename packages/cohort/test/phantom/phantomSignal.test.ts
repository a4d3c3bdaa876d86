import { phantomCase } from '../../src/phantom/phantomCase.js';
import { phantomConfig } from '../../src/phantom/phantomConfig.js';
import { countedAuc, ringContrast } from './tumorBrightness.js';

const cases = 120;
const aucAt = (signal: number) => {
  const config = phantomConfig({ cases, signal, seed: 5, shape: [12, 24, 24] });
  const all = Array.from({ length: cases }, (_, i) => phantomCase(config, i));
  return countedAuc(
    all.map(({ label }) => label),
    all.map(({ render, mask }) => ringContrast(render('T1wCE'), mask)),
  );
};

describe('the dial for signal', () => {
  const dial = [0, 0.5, 1].map((signal) => ({ signal, auc: aucAt(signal) }));

  it('tells nothing at 0', () => {
    expect(Math.abs(dial[0]!.auc - 0.5)).toBeLessThan(0.1); // two standard errors of 120 cases
  });

  it('tells everything at 1', () => {
    expect(dial[2]!.auc).toBeGreaterThan(0.95);
  });

  it('tells more the further it is turned', () => {
    for (let i = 1; i < dial.length; i++) expect(dial[i]!.auc).toBeGreaterThan(dial[i - 1]!.auc);
  });

  it('allows no more than (1 + signal) / 2', () => {
    for (const { signal, auc } of dial) expect(auc).toBeLessThan((1 + signal) / 2 + 0.09);
  });
});
