import { Linter, type Rule } from 'eslint';

const file = new URL('../../../../tools/eslint/backend-only-in-nn.mjs', import.meta.url).href;
const { default: rule } = (await import(file)) as { default: Rule.RuleModule };
const config: Linter.Config = { plugins: { mgmt: { rules: { rule } } }, rules: { 'mgmt/rule': 'error' } };

/** What the rule says of a source file. */
function complaints(code: string, filename = 'packages/training/src/fit.js'): string[] {
  return new Linter().verify(code, [config], { filename }).map(({ message }) => message);
}

describe('the lint rule that only nn names a backend', () => {
  it.each([
    "import '@tensorflow/tfjs-node';",
    "import * as gpu from '@tensorflow/tfjs-node-gpu';",
    "const wasm = await import('@tensorflow/tfjs-backend-wasm');",
    'const wasm = await import(`@tensorflow/tfjs-backend-wasm`);',
    "export { create } from 'webgpu';",
    "export * from '@tensorflow/tfjs-backend-cpu/dist/base';",
    "const tf = require('@tensorflow/tfjs-node');",
    "const path = import.meta.resolve('webgpu');",
    "import * as tf from '@tensorflow/tfjs'; await tf.setBackend('cpu');",
  ])('refuses %s', (code) => expect(complaints(code)).toHaveLength(1));

  it.each([
    "import * as tf from '@tensorflow/tfjs';",
    "import { selectBackend } from '@mgmt/nn'; await selectBackend({ force: 'wasm' });",
    "const words = 'npm install webgpu';",
    "import { resolve } from 'node:path'; resolve('results');",
    "require('node:fs');",
  ])('takes %s', (code) => expect(complaints(code)).toEqual([]));

  it('leaves nn and the installer alone', () => {
    const code = "await import('@tensorflow/tfjs-node'); tf.setBackend('wasm');";
    expect(complaints(code, 'packages/nn/src/backend/candidates.js')).toEqual([]);
    expect(complaints(code, 'packages/tfjs-native/src/prove.js')).toEqual([]);
    expect(complaints(code, 'packages/models-cnn/src/resnet.js')).toHaveLength(2);
  });
});
