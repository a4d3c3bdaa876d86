import { phantomConfig } from '../../src/phantom/phantomConfig.js';

describe('phantomConfig', () => {
  it('fills in what is not given', () => {
    expect(phantomConfig({ cases: 7, signal: 1 })).toMatchObject({
      cases: 7,
      signal: 1,
      seed: 0,
      modalities: ['FLAIR', 'T1w', 'T1wCE', 'T2w'],
    });
  });

  it('gives its members in one order, so that equal configs are equal as text', () => {
    expect(JSON.stringify(phantomConfig({ seed: 3, cases: 7 }))).toBe(JSON.stringify(phantomConfig({ cases: 7, seed: 3 })));
  });

  it.each([
    [{ signal: 1.5 }, /signal/],
    [{ cases: -1 }, /cases/],
    [{ shape: [2, 64, 64] as const }, /shape/],
    [{ modalities: [] }, /modalities/],
    [{ sgnal: 1 } as object, /sgnal/],
  ])('refuses %j, naming the member', (partial, name) => {
    expect(() => phantomConfig(partial)).toThrow(
      expect.objectContaining({ code: 'cohort/bad-phantom-config', message: expect.stringMatching(name) as string }),
    );
  });
});
