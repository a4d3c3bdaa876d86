import { tally, targets } from './fuzz/targets.js';

/** The short form of the Nx target `fuzz`. */
describe('any damage', () => {
  it.each(targets())('ends with a result or an error of its own, soon: $name', async ({ name, fuzz }) => {
    const counts = tally();
    await fuzz(name.endsWith('on the disk') ? 50 : 200, 7, counts);
    expect(counts.read).toBeGreaterThan(0); // some damage does no harm
    expect(counts.refused.size).toBeGreaterThan(2);
  });
});
