import { rng, type Vector3, type VolumeShape } from '@mgmt/core';
import { blendTileMaps } from '../src/claheBlend.js';
import { type TileMaps, tileMaps } from '../src/claheTiles.js';

/** Every product and every sum in float32, in NumPy's order: what `blendTileMaps` may only shorten. */
function blendOneByOne(grays: Uint8Array, shape: VolumeShape, kernel: Vector3, { maps, tiles, bins }: TileMaps): number[] {
  const [slices, rows, columns] = shape;
  const place = (at: number, axis: 0 | 1 | 2) => {
    const shifted = at + Math.floor(kernel[axis] / 2);
    const next = Math.floor(shifted / kernel[axis]);
    return { tiles: [Math.max(next - 1, 0), Math.min(next, tiles[axis] - 1)] as const, share: (shifted % kernel[axis]) / kernel[axis] };
  };
  const levels: number[] = [];
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const [z, y, x] = [place(k, 0), place(j, 1), place(i, 2)];
        let level = 0;
        for (let corner = 0; corner < 8; corner++) {
          const [up, down, right] = [corner >> 2, (corner >> 1) & 1, corner & 1];
          const weight = (right ? x.share : 1 - x.share) * (down ? y.share : 1 - y.share) * (up ? z.share : 1 - z.share);
          const tile = (z.tiles[up]! * tiles[1] + y.tiles[down]!) * tiles[2] + x.tiles[right]!;
          level = Math.fround(level + Math.fround(maps[tile * bins + grays[levels.length]!]! * weight));
        }
        levels.push(Math.floor(level));
      }
    }
  }
  return levels;
}

describe('blendTileMaps', () => {
  it.each([
    [
      [8, 32, 32],
      [16, 64, 64],
    ],
    [
      [8, 16, 16],
      [17, 40, 50],
    ],
    [
      [5, 7, 6],
      [12, 30, 31],
    ],
    [
      [8, 8, 12],
      [9, 33, 40],
    ],
    [
      [64, 64, 64],
      [16, 32, 32],
    ],
  ] as const)('gives each voxel of tiles of %j the level that the eight sums in float32 give it', (kernel, shape) => {
    const random = rng('grays');
    const grays = Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.integer(0, 252));
    for (const clipLimit of [0, 0.01]) {
      const tiles = tileMaps(grays, shape, { kernel, clipLimit, bins: 256 });
      const expected = blendOneByOne(grays, shape, kernel, tiles);
      const levels = blendTileMaps(grays, shape, kernel, tiles);
      expect(expected.flatMap((level, p) => (level === levels[p] ? [] : [{ p, level, found: levels[p] }]))).toEqual([]);
    }
  });
});
