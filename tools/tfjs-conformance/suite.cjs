'use strict';
// tfjs-core's own test suite on a backend that nn has loaded and mended; mended.mjs starts it. Its tests are ES modules in files that Node takes for
// CommonJS, which is put right here, as in prelude.cjs for tfjs-node's own runner.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const ts = require('typescript');
const Jasmine = require('jasmine');

const {
  CONFORMANCE_BACKEND: backend,
  CONFORMANCE_STOCK: stock,
  CONFORMANCE_RESULT: resultFile,
  CONFORMANCE_MODULES: modules,
} = process.env;
const workspace = process.cwd();

const loadScript = Module._extensions['.js'];
Module._extensions['.js'] = (module, file) => {
  if (!file.includes(path.join('tfjs-core', 'dist')) || file.endsWith('.node.js')) return loadScript(module, file);
  const source = fs.readFileSync(file, 'utf8');
  if (!/^(import|export) /m.test(source)) return loadScript(module, file);
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020, esModuleInterop: false };
  return module._compile(ts.transpileModule(source, { compilerOptions: options }).outputText, file);
};

main().catch((error) => {
  console.error(error);
  process.exit(2);
});

async function main() {
  const source = (file) => import(pathToFileURL(path.join(workspace, 'packages/nn/src/backend', file)).href);
  await start(require('@tensorflow/tfjs'), source);
  if (!stock) (await source('mend/mendBackend.ts')).mendBackend();
  require('@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops');
  require('@tensorflow/tfjs-core/dist/register_all_gradients');
  const { setTestEnvs } = require('@tensorflow/tfjs-core/dist/jasmine_util');
  const runner = new (Jasmine.default ?? Jasmine)();
  runner.clearReporters();
  runner.addReporter(reporter());
  runner.exitOnCompletion = false;
  setTestEnvs([
    { name: backend, backendName: backend, flags: backend === 'webgpu' ? { WEBGPU_CPU_FORWARD: false } : {}, isDataSync: true },
  ]);
  runner.loadConfig({ spec_files: [], random: false, jsLoader: 'require' });
  process.on('unhandledRejection', () => undefined); // what a test lets go of is not another's
  require('@tensorflow/tfjs-core/dist/tests');
  await runner.execute();
}

async function start(tf, source) {
  if (backend === 'wasm') {
    require('@tensorflow/tfjs-backend-wasm').setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  }
  if (backend === 'webgpu') {
    const there = Module.createRequire(path.join(modules, 'package.json'));
    const { openDawn, watchDawn } = await source('dawn.ts');
    openDawn(await import(pathToFileURL(there.resolve('webgpu')).href));
    watchDawn();
    there('@tensorflow/tfjs-backend-webgpu');
  }
  await tf.setBackend(backend);
  await tf.ready();
  if (backend === 'webgpu') (await source('webgpu.ts')).readWithoutCanvas();
}

function reporter() {
  const started = Date.now();
  const specs = { passed: [], failed: [], pending: [], excluded: [] };
  return {
    specDone({ status, fullName, failedExpectations }) {
      specs[status].push({ name: fullName, message: failedExpectations[0]?.message.split('\n').join(' ').slice(0, 200) ?? '' });
    },
    jasmineDone() {
      const [passed, failures, pending] = [specs.passed.length, specs.failed, specs.pending.length];
      fs.writeFileSync(resultFile, JSON.stringify({ passed, pending, failures, seconds: (Date.now() - started) / 1000 }));
      process.exit(0);
    },
  };
}
