import { rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { mendBackend, selectBackend } from '../../src/index.js';
import { gradientError } from '../gradientCheck.js';
import { onBackend } from '../onEachBackend.js';
import { algebraCases } from './kernels/algebra.js';
import { elementwiseCases } from './kernels/elementwise.js';
import { drawTensor, type KernelCase } from './kernels/kernelCase.js';
import { shapingCases } from './kernels/shaping.js';
import { windowCases } from './kernels/windows.js';

/** Relative to the largest value, or to 1. A software driver's sine and cosine are good to 2e-4. */
const TOLERANCES = { cpu: 0, wasm: 2e-5, tensorflow: 2e-5, webgpu: 3e-4 };

for (const backend of ['wasm', 'tensorflow', 'webgpu'] as const) {
  onBackend(backend, () => {
    beforeAll(async () => {
      await selectBackend({ force: 'cpu' });
      await selectBackend({ force: backend });
      if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false); // else it leaves small tensors to plain JavaScript
    });
    const draws = backend === 'webgpu' ? 4 : 12; // each shape is a shader to compile

    it.each(
      Object.entries({ elementwise: elementwiseCases, shaping: shapingCases, algebra: algebraCases(draws), windows: windowCases(draws) }),
    )(
      'gives what plain JavaScript gives, forward and backward: %s',
      (_, cases) => {
        const differing = cases.flatMap((each) => differences(each, backend).map((what) => `${each.name}: ${what}`));
        expect(differing).toEqual([]);
      },
      60_000,
    );
  });
}

onBackend('cpu', () => {
  it('has the gradients of windows that differences show', () => {
    const wrong = windowCases(8).filter(({ name, inputs, run, differentiate }) => {
      if (!differentiate) return false;
      return tf.tidy(() => gradientError(run as (...x: tf.Tensor[]) => tf.Tensor, drawn(name, inputs)) > 5e-3);
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('has the gradient of a mean that padding by a number leaves out', () => {
    tf.tidy(() => {
      const pool = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, 3, 2, 1);
      expect(gradientError(pool, [drawTensor({ ...elementwiseCases[0]!.inputs[0]!, shape: [2, 5, 7, 2] }, rng(1))])).toBeLessThan(2e-3);
    });
  });

  it('is mended once, however often that is asked for', () => {
    const kernels = () => tf.getKernelsForBackend('cpu').map(({ kernelFunc }) => kernelFunc);
    const before = kernels();
    mendBackend();
    expect(kernels()).toEqual(before);
  });
});

interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: readonly number[];
}

const known = new Map<string, readonly Result[]>(); // what plain JavaScript gave

/** In which results a backend differs from plain JavaScript, or what it leaves behind. */
function differences(each: KernelCase, backend: keyof typeof TOLERANCES): string[] {
  const expected = known.get(each.name) ?? compute(each, 'cpu');
  known.set(each.name, expected);
  const before = tf.memory().numTensors;
  const found = compute(each, backend);
  const left = tf.memory().numTensors - before;
  const wrong = expected.flatMap((want, i) => {
    const got = found[i]!;
    const error = largestError(got.values, want.values);
    const isSame = `${got.shape}` === `${want.shape}` && got.dtype === want.dtype && error <= TOLERANCES[backend];
    return isSame ? [] : [`result ${i} ${got.dtype} [${got.shape}] is off by ${error.toExponential(1)} from ${want.dtype} [${want.shape}]`];
  });
  return left === 0 ? wrong : [...wrong, `${left} tensors are left`];
}

/** The results, then the gradients of the first of them. */
function compute({ name, inputs, run, differentiate = 0 }: KernelCase, backend: keyof typeof TOLERANCES): Result[] {
  void tf.setBackend(backend === 'tensorflow' ? 'tensorflow' : backend); // started already
  return tf.tidy(() => {
    const given = drawn(name, inputs);
    const results = [run(...given)].flat();
    if (differentiate > 0) {
      const dy = tf.sub(drawTensor({ ...inputs[0]!, shape: results[0]!.shape, dtype: 'float32' }, rng(name).child('dy')), 0.3);
      const fixed = given.slice(differentiate);
      results.push(...tf.grads((...at) => [run(...at, ...fixed)].flat()[0]!)(given.slice(0, differentiate), dy));
    }
    return results.map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, values: Array.from(tensor.dataSync()) }));
  });
}

const drawn = (name: string, inputs: KernelCase['inputs']) => inputs.map((spec, i) => drawTensor(spec, rng(name).child(i)));

function largestError(found: readonly number[], expected: readonly number[]): number {
  const scale = expected.reduce((top, value) => (Number.isFinite(value) ? Math.max(top, Math.abs(value)) : top), 1);
  return expected.reduce((top, want, i) => {
    if (Object.is(want, found[i]) || want === found[i]) return top;
    const error = Math.abs(want - found[i]!) / scale;
    return Number.isNaN(error) ? Infinity : Math.max(top, error);
  }, 0);
}
