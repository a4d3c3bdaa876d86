import { parsePhantomConfig, phantomConfig, recordedConfig } from '../../src/phantom/phantomConfig.js';

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
    [{ signalFeatures: [] }, /signalFeatures/],
    [{ shortcut: { by: 'site', strength: 2 } } as const, /shortcut.strength/],
    [{ shortcut: { by: 'site', strength: 1 }, sites: 1 } as const, /sites: a shortcut by site takes two/],
    [{ scannerSpread: -1 }, /scannerSpread/],
  ])('refuses %j, naming the member', (partial, name) => {
    expect(() => phantomConfig(partial)).toThrow(
      expect.objectContaining({ code: 'cohort/bad-phantom-config', message: expect.stringMatching(name) as string }),
    );
  });

  it('names features once and in one order', () => {
    expect(phantomConfig({ signalFeatures: ['size', 'rim', 'size'] }).signalFeatures).toEqual(['rim', 'size']);
  });
});

describe('recordedConfig', () => {
  const first = ['bias', 'cases', 'modalities', 'noise', 'positives', 'seed', 'shape', 'signal', 'sites', 'testCases'];

  it('holds what the first cohorts had in their record, and a later dial only where it is turned', () => {
    expect(Object.keys(recordedConfig(phantomConfig())).sort()).toEqual(first);
    const turned = { signalFeatures: ['size'], scannerSpread: 2 } as const;
    expect(recordedConfig(phantomConfig(turned))).toEqual({ ...recordedConfig(phantomConfig()), ...turned });
  });

  it('gives the whole config again', () => {
    for (const config of [phantomConfig(), phantomConfig({ shortcut: { by: 'noise', strength: 0.5 }, contrastSpread: 0.2 })]) {
      expect(parsePhantomConfig(recordedConfig(config), 'here')).toEqual(config);
    }
  });
});
