import { fuzz, seeds, tally } from './fuzz/targets.js';

/** The short form of the Nx target `fuzz`. */
describe('any damage ends with an image or an error of its own, soon', () => {
  it('over all files', async () => {
    const counts = tally();
    for (const [i, file] of seeds().entries()) await fuzz(file, 10, 7 + i, counts);
    expect(counts.read).toBeGreaterThan(100); // some damage does no harm
    expect(counts.refused.size).toBeGreaterThan(10);
  }, 120_000);
});
