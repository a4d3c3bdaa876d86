import { rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import {
  type Augmentation,
  augmentation,
  flip,
  type ImageBatch,
  paperAugmentation,
  randomAffine,
  randomFlip,
  randomGaussianSmooth,
  randomGibbsNoise,
  randomIntensity,
  randomResizedCrop,
  simclrAugmentation,
  simclrTransferAugmentation,
} from '../../src/index.js';
import { drawAffine } from '../../src/augment/randomAffine.js';
import { drawCrop } from '../../src/augment/resizedCrop.js';
import { noise } from '../gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from '../onEachBackend.js';
import { SHAPES } from './images.js';

const everything: readonly Augmentation[] = [
  randomFlip({ axis: 'width', probability: 0.5 }),
  randomFlip({ axis: 'height', probability: 0.5 }),
  randomResizedCrop({ probability: 0.5, share: [0.5, 1] }),
  randomAffine({ probability: 0.5, rotationDegrees: { depth: 30, width: 5 }, translation: 0.1, scale: 0.2, shear: 0.1 }),
  randomIntensity({ probability: 0.5, gamma: [0.7, 1.5], contrast: 0.3, scale: 0.2, shift: 0.1 }),
  randomGibbsNoise({ probability: 0.5 }),
  randomGaussianSmooth({ probability: 0.5 }),
];
const augment = augmentation(everything);
const batch = (shape: readonly number[], seed = 1) => noise(shape, seed) as ImageBatch;
const largest = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;

onEachBackend((backend) => {
  describe.each(SHAPES)('of shape %j', (shape) => {
    it('gives the same batch for the same stream, and another for another', () => {
      tf.tidy(() => {
        const x = batch(shape);
        const [first, again, other] = [augment(x, rng(5)), augment(x, rng(5)), augment(x, rng(6))];
        expect(first.shape).toEqual(x.shape);
        expect(largest(first, again)).toBe(0);
        expect(largest(first, other)).toBeGreaterThan(0.01);
      });
    });

    it('gives a sample the same change in whatever batch it comes, by a stream of its own', () => {
      tf.tidy(() => {
        const samples = tf.split(batch(shape) as tf.Tensor, shape[0]) as ImageBatch[];
        const streams = samples.map((_, i) => rng(7).child(`case ${i}`));
        const together = augment(tf.concat(samples as tf.Tensor[]) as ImageBatch, streams);
        const reversed = augment(tf.concat([...samples].reverse() as tf.Tensor[]) as ImageBatch, [...streams].reverse());
        const alone = samples.map((sample, i) => augment(sample, [streams[i]!]));
        expect(largest(together, tf.concat(alone as tf.Tensor[]))).toBeLessThan(1e-6);
        expect(largest(tf.reverse(reversed as tf.Tensor, 0), together)).toBeLessThan(1e-6);
      });
    });

    it('frees what it makes, and nothing that it was given', async () => {
      const x = batch(shape);
      await leavesNoTensors(() => augment(x, rng(1)).dispose());
      await leavesNoTensors(() => augmentation([])(x, rng(1)).dispose());
      expect(x.isDisposed).toBe(false);
      x.dispose();
    });
  });

  it('computes what plain JavaScript computes', async () => {
    const shape = [4, 9, 8, 2];
    const run = () => tf.tidy(() => augment(batch(shape), rng('across backends')).dataSync<'float32'>().slice());
    const own = run();
    await tf.setBackend('cpu');
    const plain = run();
    await tf.setBackend(backend);
    expect(largest(tf.tensor(own), tf.tensor(plain))).toBeLessThan(1e-5);
  });

  it('touches only the samples that draw it', () => {
    tf.tidy(() => {
      const x = batch([64, 3, 4, 1]);
      const y = augmentation([randomFlip({ axis: 'width', probability: 0.3 })])(x, rng(3));
      const flipped = flip(x, ['width']);
      const isSame = (a: tf.Tensor, b: tf.Tensor) => [...tf.all(tf.equal(a, b), [1, 2, 3]).dataSync<'int32'>()];
      const [kept, turned] = [isSame(y, x), isSame(y, flipped)];
      kept.forEach((same, i) => expect(same + turned[i]!).toBe(1));
      const drawn = turned.reduce((sum, one) => sum + one, 0);
      expect(drawn).toBeGreaterThan(64 * 0.3 - 12); // three deviations and more
      expect(drawn).toBeLessThan(64 * 0.3 + 12);
    });
  });
});

onBackend('cpu', () => {
  it.each([
    ['the CNNs', paperAugmentation, ['flip', 'flip', 'affine', 'gibbsNoise', 'gaussianSmooth']],
    ['contrastive pretraining', simclrAugmentation, ['flip', 'flip', 'affine', 'gaussianSmooth']],
    ['the transfer after it', simclrTransferAugmentation, ['affine', 'gibbsNoise', 'gaussianSmooth']],
  ] as const)('has what the paper names for %s', (_task, steps, names) => {
    expect(steps.map(({ step }) => step)).toEqual(names);
    tf.tidy(() => expect(augmentation(steps)(batch([2, 5, 6, 1]), rng(1)).shape).toEqual([2, 5, 6, 1]));
  });

  it('takes its numbers for "Aug: Yes" from the table of choices', () => {
    const [width, height, affine, gibbs, smooth] = paperAugmentation;
    expect([width, height]).toMatchObject([
      { axis: 'width', probability: 0.5 },
      { axis: 'height', probability: 0.5 },
    ]);
    expect(affine).toMatchObject({ probability: 0.5, rotationDegrees: { depth: [-15, 15], height: [0, 0], width: [0, 0] }, shear: [0, 0] });
    expect(affine).toMatchObject({ scale: { height: [-0.1, 0.1], width: [-0.1, 0.1] }, translation: { height: [-0.05, 0.05] } });
    expect([gibbs, smooth]).toMatchObject([
      { probability: 0.1, alpha: [0, 1] },
      { probability: 0.1, sigma: [0.25, 1.5] },
    ]);
  });

  it('draws what a step draws without regard to the steps around it', () => {
    tf.tidy(() => {
      const x = batch([8, 4, 4, 1]);
      const smooth = randomGaussianSmooth({ probability: 0.5 });
      const never = randomGibbsNoise({ probability: 0 });
      expect(largest(augmentation([smooth])(x, rng(2)), augmentation([never, smooth, never])(x, rng(2)))).toBe(0);
    });
  });

  it('draws for two steps of one name apart', () => {
    tf.tidy(() => {
      const x = batch([32, 4, 4, 1]);
      const width = randomFlip({ axis: 'width', probability: 0.5 });
      expect(largest(augmentation([width, width])(x, rng(2)), x)).toBeGreaterThan(0); // together they would undo each other everywhere
    });
  });

  it('needs a stream for each sample', () => {
    const x = batch([3, 2, 2, 1]);
    expect(() => augment(x, [rng(1), rng(2)])).toThrow(/nn\/parameter-for-each-sample/);
    expect(() => augment(tf.zeros([4]) as unknown as ImageBatch, rng(1))).toThrow(/nn\/no-image-batch/);
    x.dispose();
  });
});

describe('what is drawn', () => {
  const streams = Array.from({ length: 200 }, (_, i) => rng(i));

  it('are turns, shifts and scales within their ranges, and through all of them', () => {
    const config = randomAffine({ probability: 1, rotationDegrees: [10, 20], translation: { width: 0.1 }, padding: 'zeros' });
    const matrices = streams.map((stream) => drawAffine(config, [50, 80], stream));
    const degrees = matrices.map((rows) => (Math.atan2(rows[1]![0]!, rows[0]![0]!) * 180) / Math.PI);
    expect(Math.min(...degrees)).toBeGreaterThanOrEqual(10);
    expect(Math.min(...degrees)).toBeLessThan(10.5);
    expect(Math.max(...degrees)).toBeLessThan(20);
    expect(Math.max(...degrees)).toBeGreaterThan(19.5);
    const length = (rows: (typeof matrices)[number]) => Math.hypot(rows[0]![2]!, rows[1]![2]!); // along the turned width
    expect(Math.max(...matrices.map(length))).toBeLessThan(8);
    expect(Math.max(...matrices.map(length))).toBeGreaterThan(7.5);
  });

  it('turns a volume within its slices as it turns an image', () => {
    const config = randomAffine({ probability: 1, rotationDegrees: 15, scale: { height: 0.1, width: 0.1 }, translation: { height: 0.1 } });
    for (const stream of streams.slice(0, 10)) {
      const [image, volume] = [drawAffine(config, [50, 80], stream), drawAffine(config, [20, 50, 80], stream)];
      expect(volume.slice(1).map((row) => row.slice(1))).toEqual(image);
      expect(volume[0]).toEqual([1, 0, 0, 0]);
    }
  });

  it.each([[[40, 60]], [[20, 40, 60]]])('are boxes within %j, of the asked share', (spatial) => {
    const config = randomResizedCrop({ probability: 1, share: [0.2, 0.5] });
    const size = spatial.reduce((product, n) => product * n);
    for (const stream of streams) {
      const box = drawCrop(config, spatial, stream);
      const share = box.size.reduce((product, n) => product * n) / size;
      expect(share).toBeGreaterThan(0.17); // sides are whole numbers
      expect(share).toBeLessThan(0.55);
      box.start.forEach((start, axis) => expect(start + box.size[axis]!).toBeLessThanOrEqual(spatial[axis]!));
    }
  });
});
