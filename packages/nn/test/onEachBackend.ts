import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { selectBackend, type BackendName } from '../src/index.js';

/** The tests on plain JavaScript, and on every other backend that is installed here; the others are skipped by name. */
export function onEachBackend(tests: (backend: BackendName) => void): void {
  for (const backend of ['cpu', 'wasm', 'tensorflow'] as const) onBackend(backend, () => tests(backend));
  if (PACKAGES.webgpu.every(isInstalled)) onBackend('webgpu', () => tests('webgpu')); // tools/webgpu installs it
}

/** The tests on one backend, skipped by name where it is not installed. */
export function onBackend(backend: keyof typeof PACKAGES, tests: () => void): void {
  (PACKAGES[backend].every(isInstalled) ? describe : describe.skip)(`on ${backend}`, () => {
    beforeAll(async () => {
      await selectBackend({ force: backend });
    });
    tests();
  });
}

/** Expects an action to leave as many tensors as it found. */
export async function leavesNoTensors(action: () => unknown): Promise<void> {
  const before = tf.memory().numTensors;
  await action();
  expect(tf.memory().numTensors).toBe(before);
}

const PACKAGES = {
  cpu: ['@tensorflow/tfjs'],
  wasm: ['@tensorflow/tfjs-backend-wasm'],
  tensorflow: ['@tensorflow/tfjs-node'],
  webgpu: ['@tensorflow/tfjs-backend-webgpu', 'webgpu'],
};

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
