import { phantomCase, phantomCaseWithLabel } from '../../src/phantom/phantomCase.js';
import { phantomConfig, type PhantomConfig } from '../../src/phantom/phantomConfig.js';
import { SIGNAL_FEATURES } from '../../src/phantom/signal.js';
import { type Measurement, measurements } from './measurements.js';
import { countedAuc } from './tumorBrightness.js';

const cases = 80;
const shape = [16, 32, 32] as const;
const OF_FEATURE = { rim: 'edemaBrightness', texture: 'edemaGrain', size: 'tumorVolume' } as const;
const names = Object.values(OF_FEATURE);

function aucs(partial: Partial<PhantomConfig>): Record<(typeof names)[number], number> {
  const config = phantomConfig({ cases, seed: 5, shape, ...partial });
  const all = Array.from({ length: cases }, (_, i) => phantomCase(config, i));
  const labels = all.map(({ label }) => label);
  const auc = (name: Measurement) => countedAuc(labels, all.map(measurements[name]));
  return { edemaBrightness: auc('edemaBrightness'), edemaGrain: auc('edemaGrain'), tumorVolume: auc('tumorVolume') };
}

describe('the feature that carries the signal', () => {
  it.each(SIGNAL_FEATURES)('%s alone gives the label away at signal 1, and the others tell nothing', (feature) => {
    const found = aucs({ signal: 1, signalFeatures: [feature] });
    for (const name of names) {
      if (name === OF_FEATURE[feature]) expect(found[name]).toBeGreaterThan(0.95);
      else expect(Math.abs(found[name] - 0.5)).toBeLessThan(0.13); // two standard errors of 80 cases
    }
  });

  it('may be several, which then show the same label', () => {
    for (const auc of Object.values(aucs({ signal: 1, signalFeatures: ['rim', 'texture', 'size'] }))) expect(auc).toBeGreaterThan(0.95);
  });

  it('may be several, which then tell nothing at signal 0', () => {
    for (const auc of Object.values(aucs({ signal: 0, signalFeatures: ['rim', 'texture', 'size'] }))) {
      expect(Math.abs(auc - 0.5)).toBeLessThan(0.13);
    }
  });

  it.each(SIGNAL_FEATURES)('%s does not look at the label at signal 0: with it flipped, every voxel stays', (feature) => {
    const config = phantomConfig({ shape, signal: 0, signalFeatures: [feature] });
    for (let i = 0; i < 3; i++) {
      const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(config, i, 'train', label));
      for (const modality of config.modalities) expect(one!.render(modality)).toEqual(zero!.render(modality));
      expect(one!.mask).toEqual(zero!.mask);
    }
  });

  it('as texture moves brightness about within rim and edema, and leaves mask and all else where they are', () => {
    const config = phantomConfig({ shape, signal: 1, signalFeatures: ['texture'] });
    const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(config, 0, 'train', label));
    expect(one!.mask).toEqual(zero!.mask);
    expect(one!.render('T2w').data).not.toEqual(zero!.render('T2w').data);
    expect(measurements.edemaBrightness(one!) / measurements.edemaBrightness(zero!)).toBeCloseTo(1, 1);
    expect(measurements.brainVolume(one!)).toBe(measurements.brainVolume(zero!));
  });
});
