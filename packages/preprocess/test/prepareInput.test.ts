import { type Affine, volume, type Volume, type VolumeShape, type VoxelArray } from '@mgmt/core';
import {
  casePipeline,
  type CasePipeline,
  type CaseVolumes,
  paperInputs,
  prepareInput,
  reorient,
  resnet10Input,
  runPipeline,
  type SliceRule,
} from '../src/index.js';

type VolumePipeline = CasePipeline & { readonly layout: { readonly as: 'volume' | 'slices-as-channels' } };
type SlicePipeline = CasePipeline & { readonly layout: { readonly as: 'slices' } };

const SPACING = [4, 3, 3] as const;
const affineOf = ([z, y, x]: readonly [number, number, number]): Affine => [
  [x, 0, 0, (-15 * SPACING[2]) / 1],
  [0, y, 0, -18 * SPACING[1]],
  [0, 0, z, -12 * SPACING[0]],
  [0, 0, 0, 1],
];

/** An egg of a brain in 24 x 36 x 30 voxels, its brightness a ramp; a tumor in slices 10 to 13. */
function series(seed: number, shape: VolumeShape = [24, 36, 30]): Volume<Int16Array> {
  const v = volume(
    new Int16Array(shape[0] * shape[1] * shape[2]),
    shape,
    affineOf([(24 * 4) / shape[0], (36 * 3) / shape[1], (30 * 3) / shape[2]]),
  );
  eachVoxel(v, (p, [z, y, x]) => {
    if (((z - 0.55) / 0.4) ** 2 + ((y - 0.5) / 0.4) ** 2 + ((x - 0.5) / 0.35) ** 2 < 1)
      v.data[p] = 200 + seed * 10 + 100 * x + (isTumor(z, y, x) ? 900 : 0);
  });
  return v;
}

const isTumor = (z: number, y: number, x: number) => z > 10 / 24 && z < 14 / 24 && y > 0.3 && y < 0.5 && x > 0.5 && x < 0.7;

function eachVoxel({ shape }: Volume, visit: (p: number, at: readonly [number, number, number]) => void): void {
  for (let k = 0, p = 0; k < shape[0]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      for (let i = 0; i < shape[2]; i++, p++) visit(p, [(k + 0.5) / shape[0], (j + 0.5) / shape[1], (i + 0.5) / shape[2]]);
    }
  }
}

const mask = volume(new Uint8Array(24 * 36 * 30), [24, 36, 30], affineOf(SPACING));
eachVoxel(mask, (p, [z, y, x]) => (mask.data[p] = isTumor(z, y, x) ? 4 : 0));

const source: CaseVolumes = {
  volumes: {
    FLAIR: series(0),
    T1wCE: reorient(series(1, [24, 36, 30]), ['L', 'I', 'A']),
    T1w: series(2),
    T2w: series(3),
  },
  mask,
};

describe('the paper’s inputs', () => {
  it.each([
    ['efficientnet-3d', [[64, 256, 256, 1]]],
    ['simclr-downstream', [[128, 128, 20]]],
    ['vit-3d', [[64, 256, 256, 1]]],
    ['vit-2d', [[256, 256, 64]]],
    ['resnet10', [[64, 256, 256, 1]]],
    ['second-place', [[10, 256, 256, 4]]],
  ] as const)('%s has the shape of its network', (name, shapes) => {
    const { arrays } = prepareInput(paperInputs[name] as VolumePipeline, source);
    expect(arrays.map(({ shape }) => shape)).toEqual(shapes);
    for (const { data, shape } of arrays) {
      expect(data.length).toBe(shape.reduce((a, b) => a * b));
      const { low, high } = rangeOf(data);
      expect([low, Math.round(10 * high)]).toEqual([0, 10]); // linear resizing takes a little of a single brightest voxel
    }
  });

  it.each([
    ['flair-128', [[128, 128, 1]], 4],
    ['t1wce-256', [[256, 256, 1]], 4],
    ['two-branch-128', [[128, 128, 1], [128, 128, 1]], 4], // prettier-ignore
    ['roi-flair-128', [[128, 128, 1]], 4],
    ['roi-t1wce-128', [[128, 128, 1]], 4],
    ['roi-combined-32', [[32, 32, 2]], 4],
  ] as const)('%s is a sample a slice of the tumor', (name, shapes, count) => {
    const { samples, dropped, by } = prepareInput(paperInputs[name] as SlicePipeline, source);
    expect(samples).toHaveLength(count);
    expect(by).toBe('mask');
    expect(dropped).toBe(name.startsWith('roi') ? 0 : 15); // of the brain's 19 slices
    for (const { arrays } of samples) expect(arrays.map(({ shape }) => shape)).toEqual(shapes);
    expect(samples.map(({ from }) => from.centerMm[2])).toEqual([10, 11, 12, 13].map((k) => 4 * (k - 12)));
  });

  it('pretraining takes slices with a considerable view of the brain', () => {
    const { samples, dropped, by } = prepareInput(paperInputs['simclr-pretraining-t2w'], source);
    expect(by).toBe('brain');
    expect(samples.length + dropped).toBe(24);
    expect(samples.length).toBeGreaterThan(6);
    expect(samples.length).toBeLessThan(15);
  });

  it('resnet10 is the pipeline that caches know', () => {
    expect(paperInputs.resnet10.steps).toEqual(resnet10Input());
    const { arrays } = prepareInput(paperInputs.resnet10, source);
    expect(Buffer.compare(bytes(arrays[0]!.data), bytes(runPipeline(resnet10Input(), source.volumes.T1wCE!).data))).toBe(0);
  });
});

describe('prepareInput', () => {
  const together = (keep: SliceRule) =>
    casePipeline({
      inputs: [['T1wCE', 'FLAIR']],
      onto: 'FLAIR',
      steps: [{ step: 'toAxial' }, { step: 'cropToBrain', threshold: 'nonzero' }, { step: 'minMax' }],
      layout: { as: 'slices', keep },
    });

  it('lays a series of another orientation slice by slice beside the one it is paired with', () => {
    const { samples, alignedBy } = prepareInput(together({ by: 'all' }), { ...source, volumes: { ...source.volumes, FLAIR: series(1) } });
    expect(alignedBy).toEqual({ T1wCE: 'world' });
    for (const { arrays } of samples) {
      const { data } = arrays[0]!;
      for (let p = 0; p < data.length; p += 2) if (Math.abs(data[p]! - data[p + 1]!) > 1e-6) expect([p, data[p]]).toEqual([p, data[p + 1]]);
    }
  });

  it('goes by the brain’s extent where the frames of reference differ, and says so', () => {
    const frames = { FLAIR: '1.2.3', T1wCE: '1.2.4' };
    expect(prepareInput(together({ by: 'all' }), { ...source, frames }).alignedBy).toEqual({ T1wCE: 'brain-extent' });
    expect(prepareInput(together({ by: 'all' }), { ...source, frames: { FLAIR: '1.2.3' } }).alignedBy).toEqual({ T1wCE: 'world' });
  });

  it('chooses slices by gray values as they were, before equalization', () => {
    const { mask: _mask, ...withoutMask } = source;
    const { samples, dropped, by } = prepareInput(paperInputs['flair-128'], withoutMask);
    expect(by).toBe('bright');
    expect(samples.map(({ from }) => Math.round(from.centerMm[2] / 4 + 12))).toEqual([10, 11, 12, 13]);
    expect(dropped).toBe(15);
  });

  it('chooses slices by brightness in the volume, though each slice is scaled by itself', () => {
    const scaled = casePipeline({
      inputs: [['FLAIR']],
      steps: [{ step: 'toAxial' }, { step: 'minMaxPerSlice' }],
      layout: { as: 'slices', keep: { by: 'bright', deviations: 2, share: 0.01 } },
    });
    const { samples, dropped } = prepareInput(scaled, source);
    expect(samples.map(({ from }) => from.slice)).toEqual([10, 11, 12, 13]);
    expect(dropped).toBe(20);
  });

  it('cuts all series by the brain of the one that they are laid onto', () => {
    const { samples: expected } = prepareInput(together({ by: 'all' }), source);
    const T1wCE = series(1);
    T1wCE.data[0] = 500; // a bright corner, outside of FLAIR's brain
    const { samples } = prepareInput(together({ by: 'all' }), { ...source, volumes: { ...source.volumes, T1wCE } });
    expect(samples.map(({ arrays, from }) => [arrays[0]!.shape, from])).toEqual(
      expected.map(({ arrays, from }) => [arrays[0]!.shape, from]),
    );
  });

  it('runs every modality by itself where none is the grid of the others', () => {
    const apart = casePipeline({
      inputs: [['FLAIR'], ['T1wCE']],
      steps: [{ step: 'toAxial' }, { step: 'evenSlices', count: 3 }, { step: 'resizeSlices', rows: 4, columns: 4 }],
      layout: { as: 'slices-as-channels' },
    });
    const { arrays, alignedBy } = prepareInput(apart, source);
    expect(arrays.map(({ shape }) => shape)).toEqual([[4, 4, 3], [4, 4, 3]]); // prettier-ignore
    expect(alignedBy).toEqual({});
  });

  it('says which series or mask a case lacks', () => {
    expect(() => prepareInput(paperInputs['vit-3d'], { volumes: { T2w: series(0) } })).toThrow(
      /preprocess\/no-such-series: the case has no FLAIR[^]*T2w/,
    );
    const { mask: _mask, ...withoutMask } = source;
    expect(() => prepareInput(paperInputs['roi-flair-128'], withoutMask)).toThrow(/preprocess\/no-mask/);
    expect(() => prepareInput(together({ by: 'mask' }), withoutMask)).toThrow(/preprocess\/no-mask/);
  });

  it('refuses a mask that lies on another brain', () => {
    const elsewhere = {
      ...mask,
      affine: affineOf(SPACING).map((row, r) => (r < 3 ? [row[0], row[1], row[2], row[3] + 300] : row)) as unknown as Affine,
    };
    expect(() => prepareInput(paperInputs['flair-128'], { ...source, mask: elsewhere })).toThrow(/preprocess\/no-overlap/);
    expect(() => prepareInput(paperInputs['roi-flair-128'], { ...source, mask: elsewhere })).toThrow(/preprocess\/no-overlap/);
    expect(() => prepareInput(paperInputs['vit-2d'], { ...source, mask: elsewhere })).not.toThrow(); // takes no mask
  });

  it('says that a blank series shows nothing', () => {
    const blank = { ...series(0), data: new Int16Array(24 * 36 * 30) };
    for (const name of ['flair-128', 'vit-3d', 'simclr-downstream'] as const) {
      expect(() => prepareInput(paperInputs[name] as CasePipeline, { volumes: { FLAIR: blank } })).toThrow(/preprocess\/blank-volume/);
    }
  });

  it('leaves what it was given alone', () => {
    const before = structuredClone({ volume: source.volumes.FLAIR, mask: source.mask });
    prepareInput(paperInputs['flair-128'], source);
    expect({ volume: source.volumes.FLAIR, mask: source.mask }).toEqual(before);
  });
});

const bytes = ({ buffer, byteOffset, byteLength }: VoxelArray) => Buffer.from(buffer, byteOffset, byteLength);

function rangeOf(data: Float32Array): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
