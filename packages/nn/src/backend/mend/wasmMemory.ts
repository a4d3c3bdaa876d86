import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

interface WasmModule {
  _malloc: (bytes: number) => number;
  readonly HEAPU8: Uint8Array;
}

/**
 * Makes the current WebAssembly backend say when its memory (4 GB at most) is used up. tfjs takes the address 0 that comes then for an address, and
 * writes over other tensors.
 *
 * @throws from then on, `MgmtError` `nn/out-of-memory`
 */
export function failWhenFull({ wasm } = tf.backend() as unknown as { readonly wasm: WasmModule }): void {
  if (watched.has(wasm)) return;
  watched.add(wasm);
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address !== 0 || bytes === 0) return address;
    throw new MgmtError('the memory of WebAssembly is used up', {
      code: 'nn/out-of-memory',
      expected: `${Math.ceil(bytes / 1e6)} MB more`,
      found: `${Math.round(wasm.HEAPU8.length / 1e6)} MB in use`,
      hint: 'a smaller batch or input; TensorFlow and WebGPU have no such limit (npx mgmt doctor)',
    });
  };
}

const watched = new WeakSet<WasmModule>();

/** `Identity` on WebAssembly: the same memory, counted once more. tfjs copies it, so that all that a gradient keeps is there twice. */
export const share: tf.KernelFunc = ({ inputs }) => {
  const { dataId, shape, dtype } = inputs['x']!;
  (tf.backend() as unknown as { incRef(dataId: object): void }).incRef(dataId);
  return { dataId, shape, dtype };
};
