import { type AxisCodes, isAxial, rng, type Volume, volume } from '@mgmt/core';
import { pipelineHash, reorient, resnet10Input, runPipeline, type Step } from '../src/index.js';
import { expectNear, orientations, placeOf } from './sample.js';

/** An egg in `[24, 20, 16]` voxels of 2 x 1 x 1.5 mm; largest at slice 14. */
function egg(): Volume<Int16Array> {
  const v = volume(
    new Int16Array(24 * 20 * 16),
    [24, 20, 16],
    [
      [1.5, 0, 0, -12],
      [0, 1, 0, -10],
      [0, 0, 2, 30],
      [0, 0, 0, 1],
    ],
  );
  for (let k = 0, p = 0; k < 24; k++) {
    for (let j = 0; j < 20; j++) {
      for (let i = 0; i < 16; i++, p++) {
        const distance = ((k - 14) / (k < 14 ? 12 : 8)) ** 2 + ((j - 9) / 8) ** 2 + ((i - 7) / 6) ** 2;
        v.data[p] = distance < 1 ? 100 + i + 10 * j + k : 0;
      }
    }
  }
  for (const p of [0, 319]) v.data[14 * 320 + p] = 1; // corner to corner
  return v;
}

describe('runPipeline', () => {
  it('is the steps one after another, and survives JSON', () => {
    const steps: Step[] = [
      { step: 'toAxial' },
      { step: 'cropToBrain', threshold: 'nonzero' },
      { step: 'windowLevel', center: 200, width: 300 },
      { step: 'resizeVolume', shape: [5, 6, 7] },
    ];
    const result = runPipeline(steps, egg());
    expect(result.shape).toEqual([5, 6, 7]);
    expect(runPipeline(JSON.parse(JSON.stringify(steps)) as Step[], egg())).toEqual(result);
  });

  it('names a step that it does not know', () => {
    expect(() => runPipeline([{ step: 'sharpen' } as unknown as Step], egg())).toThrow(/preprocess\/unknown-step[^]*"sharpen"/);
  });

  it('leaves its input alone', () => {
    const v = egg();
    runPipeline(resnet10Input({ slices: 8, rows: 10, columns: 8 }), v);
    expect(v).toEqual(egg());
  });
});

describe('resnet10Input', () => {
  const input = resnet10Input({ slices: 8, rows: 10, columns: 8 });

  it.each(orientations.map((codes) => [codes.join(''), codes] as [string, AxisCodes]))(
    'is the same for a head given as %s',
    (_name, codes) => {
      const expected = runPipeline(input, egg());
      const turned = runPipeline(input, reorient(egg(), codes));
      expect(turned.data).toEqual(expected.data);
      turned.affine.forEach((row, r) => expectNear(row, expected.affine[r]!, 1e-9));
    },
  );

  it('has the asked size, values from 0 to 1, and the largest slice at half its depth', () => {
    const result = runPipeline(input, egg());
    expect(result.shape).toEqual([8, 10, 8]);
    expect(result.data.constructor.name).toBe('Float32Array');
    expect(Math.min(...result.data)).toBe(0);
    expect(Math.max(...result.data)).toBeLessThanOrEqual(1);
    expect(isAxial(result.affine)).toBe(true);
    expect(placeOf(result, [4, 0, 0])[2]).toBe(30 + 2 * 14);
  });

  it('is the paper’s size by default', () => {
    expect(resnet10Input()).toEqual(resnet10Input({ slices: 64, rows: 256, columns: 256 }));
  });
});

describe('pipelineHash', () => {
  it('does not depend on the order of members', () => {
    const a: Step[] = [
      { step: 'windowOfSlices', before: 3, after: 4 },
      { step: 'resizeSlices', rows: 5, columns: 6 },
    ];
    const b: Step[] = [
      { after: 4, before: 3, step: 'windowOfSlices' },
      { columns: 6, step: 'resizeSlices', rows: 5 },
    ];
    expect(pipelineHash(a)).toBe(pipelineHash(b));
    expect(pipelineHash(a)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells pipelines apart that differ in a step, a number or their order', () => {
    const pipelines: Step[][] = [
      [],
      [{ step: 'toAxial' }],
      [{ step: 'toAxial' }, { step: 'minMaxPerSlice' }],
      [{ step: 'minMaxPerSlice' }, { step: 'toAxial' }],
    ];
    for (let n = 1; n < 500; n++)
      pipelines.push(resnet10Input({ slices: n, rows: 256, columns: 256 }), resnet10Input({ slices: 64, rows: 255, columns: n }));
    const hashes = new Set(pipelines.map(pipelineHash));
    expect(hashes.size).toBe(pipelines.length);
  });

  it('of the ResNet10 input is the one that caches on disk know', () => {
    expect(pipelineHash(resnet10Input())).toBe('f63e48176091ee20c58a7c0e8195775f');
  });

  it.each(['nonzero', 'otsu', 'auto'] as const)('finds the brain once for window and crop, and as each would: %s', (threshold) => {
    const random = rng(threshold);
    const head = volume(
      Int16Array.from({ length: 20 * 24 * 22 }, (_, p) => {
        const [k, j, i] = [Math.floor(p / 528) - 9, (Math.floor(p / 22) % 24) - 12, (p % 22) - 10];
        return (k / 8) ** 2 + (j / 9) ** 2 + (i / 7) ** 2 < 1
          ? random.integer(200, 900)
          : random.integer(0, threshold === 'nonzero' ? 0 : 30);
      }),
      [20, 24, 22],
    );
    const steps: Step[] = [
      { step: 'windowOfSlices', before: 4, after: 13, threshold },
      { step: 'cropToBrain', threshold },
      { step: 'resizeVolume', shape: [8, 10, 12] },
    ];
    const oneByOne = steps.reduce((result, step) => runPipeline([step], result), head as Volume);
    expect(runPipeline(steps, head)).toEqual(oneByOne);
    expect(runPipeline(steps.slice(0, 2), head)).toEqual(runPipeline([steps[1]!], runPipeline([steps[0]!], head)));
  });
});
