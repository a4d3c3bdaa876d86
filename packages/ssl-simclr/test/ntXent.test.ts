import { lossAndGradients, selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { chanceNtXent, ntXent } from '../src/index.js';
import { golden, sines } from './golden.js';

beforeAll(async () => void (await selectBackend()));

/** The loss of embeddings given as numbers. */
function lossOf(values: ArrayLike<number>, shape: readonly [number, number], temperature?: number): number {
  return tf.tidy(
    () => ntXent(tf.tensor2d(Float32Array.from(values), [...shape]), temperature === undefined ? {} : { temperature }).dataSync()[0]!,
  );
}

describe('ntXent', () => {
  it.each(golden.ntXent)(
    'equals PyTorch, with its gradient: $name, temperature $temperature',
    ({ shape, scale, temperature, ...expected }) => {
      const z = tf.variable(tf.tensor2d(sines(shape, scale), [...shape]));
      const { loss, gradients } = lossAndGradients([z], () => ntXent(z as unknown as tf.Tensor2D, { temperature }));
      expect(Math.abs(loss.dataSync()[0]! / expected.loss - 1)).toBeLessThan(2e-6);
      const largest = Math.max(...expected.gradient.map(Math.abs));
      gradients[0]!.dataSync().forEach((value, i) => expect(Math.abs(value - expected.gradient[i]!) / largest).toBeLessThan(2e-5));
      tf.dispose([z, loss, ...gradients]);
    },
  );

  it.each([
    [1, 1.9509578],
    [0.5, 1.9582967],
    [0.1, 2.0742457],
    [0.07, 2.1614578],
  ])('has the reference values at temperature %d', (temperature, value) => {
    expect(lossOf(sines([8, 4], 0.013), [8, 4], temperature)).toBeCloseTo(value, 5);
  });

  it('divides by 0.1 unless it is told otherwise', () => {
    expect(lossOf(sines([8, 4], 0.013), [8, 4])).toBeCloseTo(2.0742457, 5);
  });

  it('has the gradient of central differences', () => {
    const shape = [6, 3] as const;
    const at = sines(shape, 1.3);
    const z = tf.variable(tf.tensor2d(at, [...shape]));
    const { loss, gradients } = lossAndGradients([z], () => ntXent(z as unknown as tf.Tensor2D, { temperature: 0.5 }));
    const analytic = gradients[0]!.dataSync();
    at.forEach((_, j) => {
      const moved = (by: number) => lossOf(at.map((value, i) => (i === j ? value + by : value)), shape, 0.5); // prettier-ignore
      expect(analytic[j]).toBeCloseTo((moved(5e-3) - moved(-5e-3)) / 1e-2, 3);
    });
    tf.dispose([z, loss, ...gradients]);
  });

  it('is ln 511 at 256 pairs where all views are alike', () => {
    expect(chanceNtXent(256)).toBeCloseTo(6.23637, 5);
    expect(lossOf(new Float32Array(512 * 3).fill(0.3), [512, 3])).toBeCloseTo(Math.log(511), 4); // wasm adds 512 float32 one after the other
  });

  it('does not overflow at temperature 0.01, nor divide by an embedding of zeros', () => {
    const apart = [1, 0, -1, 0, -1, 0, 1, 0]; // the partner of each is the farthest: 2 / 0.01 beyond the nearest
    const z = tf.variable(tf.tensor2d(apart, [4, 2]));
    const { loss, gradients } = lossAndGradients([z], () => ntXent(z as unknown as tf.Tensor2D, { temperature: 0.01 }));
    expect(loss.dataSync()[0]).toBeCloseTo(200, 3);
    expect([...gradients[0]!.dataSync()].every(Number.isFinite)).toBe(true);
    expect(lossOf([0, 0, 0, 0], [2, 2])).toBeCloseTo(0, 6);
    tf.dispose([z, loss, ...gradients]);
  });

  it.each([[[3, 2]], [[0, 2]]])('refuses what are no pairs: %j', ([n, dim]) => {
    expect(() => ntXent(tf.zeros([n!, dim!]))).toThrow(/ssl-simclr\/no-pairs/);
  });

  it.each([0, -1, NaN, Infinity])('refuses the temperature %d', (temperature) => {
    expect(() => ntXent(tf.zeros([2, 2]), { temperature })).toThrow(/ssl-simclr\/bad-temperature/);
  });

  it('leaves no tensor behind', () => {
    const z = tf.randomNormal([6, 4]) as tf.Tensor2D;
    const before = tf.memory().numTensors;
    ntXent(z).dispose();
    expect(tf.memory().numTensors).toBe(before);
    z.dispose();
  });
});

describe('ntXent does not care', () => {
  const pairs = fc.integer({ min: 1, max: 6 }).chain((n) => {
    const vector = fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
      .filter((v) => Math.hypot(...v) > 0.1);
    return fc.array(vector, { minLength: 2 * n, maxLength: 2 * n });
  });
  const temperatures = fc.constantFrom(0.05, 0.1, 0.5, 1);
  const loss = (rows: readonly (readonly number[])[], temperature: number) => lossOf(rows.flat(), [rows.length, 3], temperature);
  /** Float32 keeps cosines to 1e-7; the temperature divides that. */
  const same = (a: number, b: number, temperature: number) => expect(Math.abs(a - b)).toBeLessThan(1e-6 / temperature + 1e-5 * Math.abs(a));

  it('which view comes first', () =>
    fc.assert(
      fc.property(pairs, temperatures, (rows, t) => {
        const n = rows.length / 2;
        same(loss([...rows.slice(n), ...rows.slice(0, n)], t), loss(rows, t), t);
        const swapped = [...rows];
        [swapped[0], swapped[n]] = [rows[n]!, rows[0]!]; // of one image only
        same(loss(swapped, t), loss(rows, t), t);
      }),
    ));

  it('in which order the images come', () =>
    fc.assert(
      fc.property(pairs, temperatures, (rows, t) => {
        const n = rows.length / 2;
        same(loss([...rows.slice(0, n).reverse(), ...rows.slice(n).reverse()], t), loss(rows, t), t);
      }),
    ));

  it('how the embedding is turned', () =>
    fc.assert(
      fc.property(pairs, temperatures, fc.double({ min: 0, max: 6.3, noNaN: true }), (rows, t, angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const turned = rows.map(([x, y, z]) => [c * x! - s * y!, z!, s * x! + c * y!]);
        same(loss(turned, t), loss(rows, t), t);
      }),
    ));

  it('how long each embedding is', () =>
    fc.assert(
      fc.property(pairs, temperatures, (rows, t) => {
        const scaled = rows.map((row, i) => row.map((value) => value * (0.1 + 3 * i)));
        same(loss(scaled, t), loss(rows, t), t);
      }),
    ));
});
