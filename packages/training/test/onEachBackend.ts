import { createRequire } from 'node:module';
import { selectBackend } from '@mgmt/nn';
import { env } from '@tensorflow/tfjs';

/** The tests in plain JavaScript and on every other backend that is installed here; the others are skipped by name. */
export function onEachBackend(tests: () => void): void {
  for (const [backend, name] of Object.entries(PACKAGES)) {
    (isInstalled(name) ? describe : describe.skip)(`on ${backend}`, () => {
      beforeAll(async () => {
        env().set('IS_TEST', false);
        await selectBackend({ force: backend as keyof typeof PACKAGES });
      });
      tests();
    });
  }
}

const PACKAGES = { cpu: '@tensorflow/tfjs', wasm: '@tensorflow/tfjs-backend-wasm', tensorflow: '@tensorflow/tfjs-node' };

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
