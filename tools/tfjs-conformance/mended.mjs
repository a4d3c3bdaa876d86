#!/usr/bin/env node
// Runs tfjs-core's own test suite on a backend of tfjs as @mgmt/nn mends it, and counts. See README.md.
//
// usage: node tools/tfjs-conformance/mended.mjs wasm|cpu|webgpu [--at-least N] [--stock] [--modules DIR] [--json]
//   --stock        as tfjs has it
//   --modules DIR  for webgpu: the folder that "tools/webgpu/prove.mjs --in DIR" has filled
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'at-least': { type: 'string', default: '0' },
    stock: { type: 'boolean', default: false },
    modules: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
const [backend = 'wasm'] = positionals;

const scratch = mkdtempSync(join(tmpdir(), 'tfjs-conformance-'));
const resultFile = join(scratch, 'result.json');
const flags = ['--conditions=@mgmt/source', '--import=@swc-node/register/esm-register', '--disable-warning=ExperimentalWarning'];
const run = spawnSync(process.execPath, [...flags, join(here, 'suite.cjs')], {
  cwd: join(here, '../..'),
  env: {
    ...process.env,
    CONFORMANCE_BACKEND: backend,
    CONFORMANCE_STOCK: values.stock ? 'yes' : '',
    CONFORMANCE_MODULES: values.modules && resolve(values.modules),
    CONFORMANCE_RESULT: resultFile,
  },
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const result = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
rmSync(scratch, { recursive: true, force: true });
if (!result) {
  console.error(`tfjs-conformance: the suite did not come to its end (${run.signal ?? run.status})\n${run.stdout}\n${run.stderr}`);
  process.exit(2);
}
const { passed, pending, failures, seconds } = result;
if (values.json) console.log(JSON.stringify({ backend, stock: values.stock, ...result }, null, 2));
else {
  const form = values.stock ? 'as it is' : 'mended';
  console.log(
    `${backend}, ${form}: ${passed} of ${passed + failures.length} specs pass, ${pending} are switched off, ${seconds.toFixed(1)} s`,
  );
}
if (passed < Number(values['at-least'])) {
  console.error(`tfjs-conformance: ${passed} specs pass, expected at least ${values['at-least']}`);
  for (const { name, message } of failures) console.error(`  failed: ${name}\n          ${message}`);
  process.exitCode = 1;
}
