import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { affine, affineMatrix, type AffineMatrix, type ImageBatch } from '../../src/index.js';
import { sampleComposed } from '../../src/augment/sampleComposed.js';
import { sampleOnHost } from '../../src/augment/sampleOnHost.js';
import { largestDifference, noise } from '../gradientCheck.js';
import { leavesNoTensors, onEachBackend } from '../onEachBackend.js';
import { expected, golden, image, SHAPES } from './images.js';

const batch = (shape: readonly number[], seed = 1) => noise(shape, seed) as ImageBatch;
const rankOf = (shape: readonly number[]) => (shape.length === 4 ? 2 : 3);

onEachBackend(() => {
  it.each(golden.affine)('equals MONAI: $name', ({ shape, kind, parts, padding, sum, result }) => {
    tf.tidy(() => {
      const x = image(shape, kind);
      const y = affine(x, [affineMatrix(parts, rankOf(x.shape))], { padding });
      expect(largestDifference(y, expected(result, shape))).toBeLessThan(3e-5); // MONAI's places are of single precision
      expect(tf.sum(y).dataSync()[0]).toBeCloseTo(sum, 3);
    });
  });

  it('gives the values that the reference states for 5 x 6 numbers', () => {
    tf.tidy(() => {
      const matrix = affineMatrix({ rotation: [0.3], shear: [0.1, 0], translation: [1, -0.5], scale: [1.1, 0.9] }, 2);
      const sum = (padding: 'reflection' | 'zeros') => tf.sum(affine(image([5, 6, 1], 'arange'), [matrix], { padding })).dataSync()[0];
      expect(sum('reflection')).toBeCloseTo(523.26927, 3);
      expect(sum('zeros')).toBeCloseTo(382.9437, 3);
    });
  });

  describe.each(SHAPES)('of shape %j', (shape) => {
    it('gives the input for the identity, whatever the padding', () => {
      tf.tidy(() => {
        const x = batch(shape);
        const identity = Array.from({ length: shape[0] }, () => affineMatrix({}, rankOf(shape)));
        for (const padding of ['reflection', 'zeros', 'border'] as const) {
          expect(largestDifference(affine(x, identity, { padding }), x)).toBeLessThanOrEqual(tf.getBackend() === 'webgpu' ? 1e-6 : 0);
        }
      });
    });

    it('moves by whole voxels, with nothing, the edge or the mirror image coming in', () => {
      tf.tidy(() => {
        const x = batch(shape);
        const matrices = Array.from({ length: shape[0] }, () =>
          affineMatrix({ translation: rankOf(shape) === 2 ? [0, 1] : [0, 0, 1] }, rankOf(shape)),
        );
        const axis = shape.length - 2;
        const columns = tf.unstack(x as tf.Tensor, axis);
        const moved = (last: tf.Tensor) => tf.stack([...columns.slice(1), last], axis);
        const close = (padding: 'reflection' | 'zeros' | 'border', last: tf.Tensor) =>
          expect(largestDifference(affine(x, matrices, { padding }), moved(last))).toBeLessThan(1e-6);
        close('zeros', tf.zerosLike(columns[0]!));
        close('border', columns.at(-1)!);
        close('reflection', columns.at(-2)!);
      });
    });

    it('treats each sample by its own matrix, as if it were alone', () => {
      tf.tidy(() => {
        const x = batch(shape);
        const matrices = Array.from({ length: shape[0] }, (_, i) => affineMatrix({ rotation: [0.3 * i], translation: [i] }, rankOf(shape)));
        const alone = (tf.split(x as tf.Tensor, shape[0]) as ImageBatch[]).map((sample, i) => affine(sample, [matrices[i]!]));
        expect(largestDifference(affine(x, matrices), tf.concat(alone as tf.Tensor[]))).toBe(0);
      });
    });

    it('frees what it makes', async () => {
      const x = batch(shape);
      const matrices = Array.from({ length: shape[0] }, () => affineMatrix({ rotation: [0.4] }, rankOf(shape)));
      await leavesNoTensors(() => affine(x, matrices, { padding: 'zeros' }).dispose());
      x.dispose();
    });
  });

  it('turns a square by a quarter: a transpose and a flip', () => {
    tf.tidy(() => {
      const x = batch([1, 5, 5, 2]) as tf.Tensor4D;
      const turned = affine(x, [affineMatrix({ rotation: [Math.PI / 2] }, 2)]);
      expect(largestDifference(turned, tf.reverse(tf.transpose(x, [0, 2, 1, 3]), 2))).toBeLessThan(1e-5);
      const volume = batch([1, 3, 5, 5, 1]) as tf.Tensor5D;
      const within = affine(volume, [affineMatrix({ rotation: [Math.PI / 2] }, 3)]);
      expect(largestDifference(within, tf.reverse(tf.transpose(volume, [0, 1, 3, 2, 4]), 3))).toBeLessThan(1e-5);
    });
  });

  it('mirrors at the edges unless it is told otherwise', () => {
    tf.tidy(() => {
      const [x, moved] = [batch([1, 4, 4, 1]), affineMatrix({ translation: [2, 0] }, 2)];
      expect(largestDifference(affine(x, [moved]), affine(x, [moved], { padding: 'reflection' }))).toBe(0);
    });
  });

  it('reads an axis of one voxel as that voxel', () => {
    tf.tidy(() => {
      const x = batch([1, 1, 4, 1]);
      const y = affine(x, [affineMatrix({ translation: [7, 0] }, 2)]);
      expect(largestDifference(y, x)).toBe(0);
    });
  });

  it('says what is missing', () => {
    const x = batch([2, 3, 3, 1]);
    expect(() => affine(x, [affineMatrix({}, 2)])).toThrow(/nn\/parameter-for-each-sample[^]*expected 2[^]*found 1/);
    expect(() => affine(x, [affineMatrix({}, 2), affineMatrix({}, 3)])).toThrow(
      /nn\/no-affine-matrix[^]*2 rows of 3 for images[^]*rows of 4, 4, 4/,
    );
    expect(() => affine(tf.zeros([3, 3]) as unknown as ImageBatch, [])).toThrow(/nn\/no-image-batch[^]*\[b, h, w, c\][^]*\[3, 3\]/);
    x.dispose();
  });

  it('is read alike by loops and by operations of tensors', () => {
    const extents = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    const matrix: fc.Arbitrary<AffineMatrix> = fc.array(fc.tuple(entry, entry, entry, fc.double({ min: -9, max: 9, noNaN: true })), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        extents,
        extents,
        fc.integer({ min: 1, max: 2 }),
        matrix,
        fc.constantFrom('mirror' as const, 'border' as const),
        (source, target, channels, rows, outside) => {
          tf.tidy(() => {
            const voxels = noise([...source, channels], 3) as tf.Tensor4D;
            const sampling = { source, target, channels, matrix: rows, outside };
            const looped = tf.tensor(sampleOnHost(voxels.dataSync(), sampling), [...target, channels]);
            expect(largestDifference(sampleComposed(voxels, sampling), looped)).toBeLessThan(5e-5); // places of single precision
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('affineMatrix', () => {
  it('turns within the slices the same in images and in volumes', () => {
    const plane = affineMatrix({ rotation: [0.7] }, 2);
    const volume = affineMatrix({ rotation: [0.7] }, 3);
    expect(volume.slice(1).map((row) => row.slice(1))).toEqual(plane);
    expect(volume[0]).toEqual([1, 0, 0, 0]);
  });

  it('puts six shears beside the diagonal, row by row', () => {
    const rows = affineMatrix({ shear: [1, 2, 3, 4, 5, 6] }, 3).map((row) => row.slice(0, 3));
    expect(rows).toEqual([
      [1, 1, 2],
      [3, 1, 4],
      [5, 6, 1],
    ]);
  });
});
