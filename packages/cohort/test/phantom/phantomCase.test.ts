import { createHash } from 'node:crypto';
import { type Orientation, orientationOf, spacingMm } from '@mgmt/core';
import { phantomCase, phantomCaseWithLabel } from '../../src/phantom/phantomCase.js';
import { phantomConfig, type PhantomConfig } from '../../src/phantom/phantomConfig.js';
import { PHANTOM_VERSION } from '../../src/phantom/phantomManifest.js';
import { mean, placesOf, sampler } from './tumorBrightness.js';
import { affineTimesPoint } from '@mgmt/core';

const small = (partial: Partial<PhantomConfig> = {}) => phantomConfig({ shape: [16, 32, 32], ...partial });
const modalities = ['FLAIR', 'T1w', 'T1wCE', 'T2w'] as const;

describe('phantomCase', () => {
  it('gives the same voxels for the same config, and others for another seed, index or set', () => {
    const voxels = (config: PhantomConfig, index: number, set: 'train' | 'test' = 'train') =>
      phantomCase(config, index, set).render('T1w').data;
    expect(voxels(small(), 3)).toEqual(voxels(small(), 3));
    expect(voxels(small({ cases: 3 }), 3)).toEqual(voxels(small({ cases: 500 }), 3));
    expect(voxels(small({ seed: 1 }), 3)).not.toEqual(voxels(small(), 3));
    expect(voxels(small(), 4)).not.toEqual(voxels(small(), 3));
    expect(voxels(small(), 3, 'test')).not.toEqual(voxels(small(), 3));
  });

  it('gives the voxels of version 1 (seen on Node 20, 22 and 24): where it gives others, PHANTOM_VERSION must count up', () => {
    const hash = createHash('sha256');
    for (const signal of [0, 1]) {
      const { mask, render } = phantomCase(small({ signal }), 0);
      for (const modality of modalities) hash.update(render(modality).data);
      hash.update(mask.data);
    }
    expect([PHANTOM_VERSION, hash.digest('hex').slice(0, 16)]).toEqual([1, '273ec769b85c647b']);
  });

  it('does not look at the label at signal 0: with it flipped, every voxel of every image and of the mask stays', () => {
    for (let i = 0; i < 12; i++) {
      const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(small({ signal: 0 }), i, 'train', label));
      for (const modality of modalities) expect(one!.render(modality)).toEqual(zero!.render(modality));
      expect(one!.mask).toEqual(zero!.mask);
    }
  });

  it('looks at it at signal 1, and then changes the tumor only', () => {
    const [zero, one] = ([0, 1] as const).map((label) => phantomCaseWithLabel(small({ signal: 1 }), 0, 'train', label));
    expect([zero!.growth, one!.growth]).toEqual(['solid', 'ring']);
    for (const modality of modalities) {
      expect(one!.render(modality).data).not.toEqual(zero!.render(modality).data);
      expect(one!.render(modality).affine).toEqual(zero!.render(modality).affine);
      const brains = [zero!, one!].map(({ render }) => render(modality).data.map((value) => (value > 0 ? 1 : 0)));
      expect(brains[1]).toEqual(brains[0]);
    }
  });

  it('grows tumors of both kinds at signal 0', () => {
    const rings = Array.from({ length: 40 }, (_, i) => phantomCase(small(), i).growth).filter((growth) => growth === 'ring').length;
    expect(rings).toBeGreaterThan(10);
    expect(rings).toBeLessThan(30);
  });

  it('mixes planes and slice counts over series, each covering the head', () => {
    const series = Array.from({ length: 20 }, (_, i) => phantomCase(small(), i)).flatMap((one) =>
      modalities.map((modality) => ({ said: one.orientation(modality), ...one.render(modality) })),
    );
    for (const { said, affine } of series) expect(orientationOf(affine)).toBe(said);
    const inPlane = (orientation: Orientation) => series.filter(({ said }) => said === orientation).length;
    expect(inPlane('axial')).toBeGreaterThan(32); // of 80, three in five
    expect(inPlane('coronal')).toBeGreaterThan(5);
    expect(inPlane('sagittal')).toBeGreaterThan(5);
    expect(new Set(series.map(({ shape }) => shape[0])).size).toBeGreaterThan(5);
    for (const { shape, affine } of series) expect(shape[0] * spacingMm(affine)[0]).toBeGreaterThan(150);
  });

  it('is a brain of some 1.3 liters, stripped of its skull: background 0 around it, 12 bits inside', () => {
    for (let i = 0; i < 6; i++) {
      const { data, shape, affine } = phantomCase(small(), i).render('T2w');
      const [slices, rows, columns] = shape;
      const liters = (data.filter((value) => value > 0).length * spacingMm(affine).reduce((a, b) => a * b)) / 1e6;
      expect(liters).toBeGreaterThan(0.95);
      expect(liters).toBeLessThan(1.65);
      expect(data.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(4095);
      for (const edge of [0, columns - 1]) {
        for (let k = 0; k < slices; k++) for (let j = 0; j < rows; j++) expect(data[(k * rows + j) * columns + edge]).toBe(0);
      }
    }
  });

  it('shows each tissue as its modality does: fluid and edema bright in T2w, fluid dark in FLAIR, the rim lit by contrast agent only in T1wCE', () => {
    const one = phantomCaseWithLabel(phantomConfig({ signal: 1, shape: [32, 64, 64], noise: 0.01, bias: 0 }), 1, 'train', 1);
    const at = (modality: (typeof modalities)[number], label: number) =>
      mean(placesOf(one.mask, [label]).map(sampler(one.render(modality), one.mask)));
    const brain = (modality: (typeof modalities)[number]) => mean([...one.render(modality).data].filter((value) => value > 0));
    expect(at('T1wCE', 4)).toBeGreaterThan(1.5 * brain('T1wCE'));
    expect(at('T1w', 4)).toBeLessThan(1.1 * brain('T1w'));
    expect(at('T1wCE', 1)).toBeLessThan(0.6 * at('T1wCE', 4));
    expect(at('FLAIR', 2)).toBeGreaterThan(1.3 * brain('FLAIR'));
    expect(at('T2w', 2)).toBeGreaterThan(1.2 * brain('T2w'));
  });

  it.each(['axial', 'coronal', 'sagittal'] as const)('lays the mask where an %s series shows the tumor, in the patient', (orientation) => {
    const config = phantomConfig({ signal: 1, shape: [24, 48, 48] });
    const index = Array.from({ length: 40 }, (_, i) => i).find(
      (i) => phantomCase(small({ signal: 1 }), i).orientation('T1wCE') === orientation,
    )!;
    const { mask, render } = phantomCaseWithLabel(config, index, 'train', 1);
    const series = render('T1wCE');
    const [, rows, columns] = series.shape;
    const bright = [...series.data.keys()].sort((a, b) => series.data[b]! - series.data[a]!).slice(0, 100);
    const center = (points: readonly (readonly number[])[]) => [0, 1, 2].map((axis) => mean(points.map((point) => point[axis]!)));
    const seen = center(
      bright.map((p) => affineTimesPoint(series.affine, [p % columns, Math.floor(p / columns) % rows, Math.floor(p / columns / rows)])),
    );
    const drawn = center(placesOf(mask, [4]).map((place) => affineTimesPoint(mask.affine, place)));
    expect(Math.hypot(...seen.map((at, axis) => at - drawn[axis]!))).toBeLessThan(9); // a tumor is 40 to 56 mm wide, a voxel 4 to 9
  });
});
