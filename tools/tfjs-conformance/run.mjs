#!/usr/bin/env node
// Runs tfjs-core's own test suite on the installed native backend, through tfjs-node's own runner (dist/run_tests.js, which selects the
// specs), and counts. See README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    'at-least': { type: 'string', default: '3882' }, // of 3,883; the one that fails is named in README.md
    project: { type: 'string', default: join(here, '../..') },
    gpu: { type: 'boolean', default: false },
    grep: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
const atLeast = Number(values['at-least']);

const name = `@tensorflow/tfjs-node${values.gpu ? '-gpu' : ''}`;
const runner = join(resolve(values.project), 'node_modules', name, 'dist', 'run_tests.js');
if (!existsSync(runner)) {
  console.error(`tfjs-conformance: ${name} is not installed in ${resolve(values.project)}; hint: npx @mgmt/tfjs-native install`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'tfjs-conformance-'));
const resultFile = join(scratch, 'result.json');
const run = spawnSync(process.execPath, ['--require', join(here, 'prelude.cjs'), runner], {
  cwd: scratch, // the runner looks for specs of tfjs-node's sources under the working folder; there are none
  env: { ...process.env, TFJS_CONFORMANCE_RESULT: resultFile, TFJS_CONFORMANCE_GREP: values.grep },
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const result = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
rmSync(scratch, { recursive: true, force: true });
if (!result) {
  console.error(`tfjs-conformance: the runner did not come to its end (${run.signal ?? run.status})\n${run.stdout}\n${run.stderr}`);
  process.exit(2);
}

const { backend, specs, failures, pending, seconds } = result;
const passed = specs - failures.length;
if (values.json) console.log(JSON.stringify({ ...result, passed }, null, 2));
else {
  console.log(
    `${name} on ${backend}, Node ${process.version}: ${passed} of ${specs} specs pass (${pending.length} of them switched off by tfjs itself), ${seconds.toFixed(1)} s`,
  );
  for (const { name, message } of failures) console.log(`  failed: ${name}\n          ${message}`);
}
if (passed < atLeast) {
  console.error(`tfjs-conformance: ${passed} specs pass, expected at least ${atLeast}`);
  process.exitCode = 1;
}
