import * as tf from '@tensorflow/tfjs';
import { failWhenFull } from '../../src/backend/mend/wasmMemory.js';
import { leavesNoTensors, onBackend } from '../onEachBackend.js';

describe('the memory of WebAssembly', () => {
  it('says that it is full, where tfjs would write over other tensors', () => {
    const wasm = { _malloc: (bytes: number) => (bytes > 1e6 ? 0 : 64), HEAPU8: new Uint8Array(3e6) };
    failWhenFull({ wasm });
    failWhenFull({ wasm }); // once more changes nothing
    expect(wasm._malloc(1000)).toBe(64);
    expect(() => wasm._malloc(5e6)).toThrow(/nn\/out-of-memory.*\n.*expected 5 MB more, found 3 MB in use/);
  });
});

onBackend('wasm', () => {
  it('keeps what is no number when it clips: a training that diverged must look so', () => {
    expect([...tf.clipByValue([NaN, 5, -5], -1, 1).dataSync()]).toEqual([NaN, 1, -1]);
  });

  it('refuses a slice beyond the end, which tfjs takes from other tensors', () => {
    expect(() => tf.slice(tf.ones([3, 3]), [2, 0], [2, 3])).toThrow(/slice/i);
  });

  it('slices at every rank what plain JavaScript slices', () => {
    const x = tf.reshape(tf.range(0, 720), [2, 3, 4, 5, 6]);
    expect([...tf.slice(x, [1, 0, 2, 1, 3], [1, 2, 2, 1, 2]).dataSync()]).toEqual([429, 430, 459, 460, 549, 550, 579, 580]); // 360 i + 120 j + 30 k + 6 l + m
    expect(tf.slice(x, [0, 0, 0, 0, 0], [2, 3, 4, 5, 6]).dataSync()).toEqual(x.dataSync());
    expect(tf.slice(x, [0, 0, 0, 0, 0], [0, 3, 4, 5, 6]).shape).toEqual([0, 3, 4, 5, 6]);
  });

  it('shares the memory of a copy until both are disposed', () => {
    const x = tf.tensor1d([1, 2]);
    const copy = x.clone();
    x.dispose();
    expect([...copy.dataSync()]).toEqual([1, 2]);
    copy.dispose();
  });

  it('holds complex numbers, and frees both their parts', async () => {
    await leavesNoTensors(() => {
      const before = (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
      tf.tidy(() => {
        const z = tf.complex([1, 2], [3, -4]);
        expect([...z.dataSync()]).toEqual([1, 3, 2, -4]);
        expect([...tf.abs(z).dataSync()].map((value) => value.toFixed(4))).toEqual(['3.1623', '4.4721']);
        expect([...tf.real(tf.ifft(tf.fft(z))).dataSync()].map(Math.round)).toEqual([1, 2]);
      });
      expect((tf.backend() as unknown as { numDataIds(): number }).numDataIds()).toBe(before);
    });
  });

  it('takes a kernel that it lacks from plain JavaScript', () => {
    const { outputNestedSplits } = tf.raggedGather(
      [tf.tensor1d([0, 3, 3, 5, 9], 'int32')],
      tf.range(0.1, 1, 0.1),
      tf.tensor1d([2, 1, 0], 'int32'),
      1,
    );
    expect(outputNestedSplits.map((t) => [...t.dataSync()])).toEqual([[0, 2, 2, 5]]);
  });
});
