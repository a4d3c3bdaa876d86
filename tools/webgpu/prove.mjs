#!/usr/bin/env node
// Runs the backend tests of @mgmt/nn on WebGPU in Node. The packages for it are too large for the workspace's lock file (132 MB): they are installed
// into a scratch folder, beside links to the workspace's own copy of tfjs. On a machine without a graphics card the driver that computes on the CPU
// (SwiftShader), which Debian's chromium carries, will do.
//
// usage: node tools/webgpu/prove.mjs [--in DIR] [--all]
//   --in DIR   the scratch folder, kept and used again; else a temporary one
//   --all      all tests of @mgmt/nn that run on each backend, 3 minutes on two cores; else those of the backends, half a minute
// exit: 0 passed, 1 failed, 77 skipped, with the reason
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const PACKAGES = ['webgpu@0.6.2', '@tensorflow/tfjs-backend-webgpu@4.22.0'];
const SHARED = ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'];
const CHROMES = ['/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome'];

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({ options: { in: { type: 'string' }, all: { type: 'boolean', default: false } } });
const scratch = values.in ? resolve(values.in) : mkdtempSync(join(tmpdir(), 'webgpu-'));
const modules = join(scratch, 'node_modules');
process.exitCode = prove();
if (!values.in) rmSync(scratch, { recursive: true, force: true });

function prove() {
  if (!install()) return skipped('the packages webgpu and @tensorflow/tfjs-backend-webgpu cannot be installed');
  const driver = findDriver();
  if (!driver) return skipped('WebGPU finds no graphics driver, and no chromium is there to lend its own');
  return test(driver) ? 0 : 1;
}

function install() {
  if (!existsSync(join(modules, 'webgpu'))) {
    mkdirSync(scratch, { recursive: true });
    const flags = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = spawnSync('npm', ['install', '--prefix', scratch, ...flags, ...PACKAGES], {
      cwd: scratch,
      stdio: 'inherit',
      timeout: 180_000,
    });
    if (npm.status !== 0) return false;
  }
  for (const name of SHARED) {
    rmSync(join(modules, name), { recursive: true, force: true });
    symlinkSync(join(workspace, 'node_modules', name), join(modules, name)); // two copies of tfjs do not know each other's tensors
  }
  return true;
}

/** The environment in which WebGPU finds a driver: the machine's own, else a browser's. */
function findDriver() {
  const lent = CHROMES.filter((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json'))).map((folder) => ({
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'), // for its loader, libvulkan.so.1
  }));
  for (const environment of [{}, ...lent]) {
    const probe = `import { create } from 'webgpu';
      const adapter = await create([]).requestAdapter();
      if (adapter) console.log([adapter.info.device, adapter.info.description].join(', '));
      process.exit(0);`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', probe], {
      cwd: scratch,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
      timeout: 60_000,
    });
    const name = stdout?.trim();
    if (name) return { name, environment };
  }
  return undefined;
}

function test({ name, environment }) {
  const resultFile = join(scratch, 'result.json');
  const tests = values.all ? 'packages/nn/test' : 'packages/nn/test/backends';
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(workspace, 'node_modules/jest/bin/jest.js')];
  spawnSync(
    process.execPath,
    [...jest, tests, '--testNamePattern', 'on webgpu', '--ci', '--silent', '--json', '--outputFile', resultFile],
    {
      cwd: workspace,
      env: { ...process.env, ...environment, NODE_PATH: modules },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 900_000,
    },
  );
  if (!existsSync(resultFile)) return false;
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  console.log(
    `WebGPU on ${name}: ${result.numPassedTests} tests passed, ${result.numFailedTests + result.numRuntimeErrorTestSuites} failed`,
  );
  return result.success && result.numPassedTests > 0;
}

function skipped(reason) {
  console.log(`skipped: ${reason}`);
  return 77;
}
