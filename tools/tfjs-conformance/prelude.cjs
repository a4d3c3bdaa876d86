'use strict';
// Loaded before tfjs-node's test runner. Three things keep that runner from running out of the published packages; each is put right here:
// tfjs-core's tests are ES modules in files that Node takes for CommonJS; yargs is not among what is published; results are only printed.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const ts = require('typescript');

const loadScript = Module._extensions['.js'];
Module._extensions['.js'] = (module, file) => {
  if (!file.includes(path.join('tfjs-core', 'dist')) || file.endsWith('.node.js')) return loadScript(module, file);
  const source = fs.readFileSync(file, 'utf8');
  if (!/^(import|export) /m.test(source)) return loadScript(module, file);
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020, esModuleInterop: false };
  return module._compile(ts.transpileModule(source, { compilerOptions: options }).outputText, file);
};

const RealJasmine = require('jasmine'); // as tfjs-node's package.json names it
class CountingJasmine extends RealJasmine {
  constructor() {
    super();
    this.clearReporters();
    this.addReporter(reporter());
  }
}

const load = Module._load;
Module._load = (request, ...rest) => {
  if (request === 'jasmine') return CountingJasmine;
  if (request.startsWith('jasmine-core')) return load(require.resolve(request), ...rest); // ours, not one that the project may have
  if (request === 'yargs') return { argv: { grep: process.env.TFJS_CONFORMANCE_GREP ?? '' } };
  return load(request, ...rest);
};

function reporter() {
  const started = Date.now();
  const specs = { passed: [], failed: [], pending: [], excluded: [] };
  return {
    specDone({ status, fullName, failedExpectations }) {
      specs[status].push({ name: fullName, message: failedExpectations[0]?.message.split('\n').join(' ') ?? '' });
    },
    jasmineDone() {
      const tf = require(path.join(path.dirname(process.argv[1]), 'index.js'));
      fs.writeFileSync(
        process.env.TFJS_CONFORMANCE_RESULT,
        JSON.stringify({
          backend: `TensorFlow ${tf.backend().binding.TF_Version}`,
          specs: specs.passed.length + specs.failed.length + specs.pending.length,
          excluded: specs.excluded.length,
          failures: specs.failed,
          pending: specs.pending.map(({ name }) => name),
          seconds: (Date.now() - started) / 1000,
        }),
      );
    },
  };
}
