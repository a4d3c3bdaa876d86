import { readFileSync } from 'node:fs';
import { volume } from '@mgmt/core';
import { windowLevel } from '../src/index.js';
import { expectNear } from './sample.js';

const golden = JSON.parse(readFileSync(new URL('./golden/windowLevel.json', import.meta.url), 'utf8')) as {
  pixels: number[];
  windows: { center: number; width: number; expected: number[] }[];
};

describe('windowLevel', () => {
  it.each(golden.windows)('equals pydicom: center $center, width $width', ({ center, width, expected }) => {
    const { data } = windowLevel(volume(Int16Array.from(golden.pixels), [1, 1, golden.pixels.length]), { center, width });
    expectNear([...data], expected, 1e-6); // float32
  });

  it('makes NaN 0', () => {
    expect([...windowLevel(volume(Float32Array.of(NaN, 1e9), [1, 1, 2]), { center: 5, width: 10 }).data]).toEqual([0, 1]);
  });
});
