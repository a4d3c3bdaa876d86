import * as tf from '@tensorflow/tfjs';
import { isMgmtError } from '@mgmt/core';
import { BACKEND_NAMES, selectBackend, type BackendName } from '../src/index.js';
import { createRequire } from 'node:module';
import { cpuFeatures, nvidiaGpus, threads } from '../src/backend/machine.js';

const environment = process.env['MGMT_BACKEND'];

describe('selectBackend', () => {
  beforeEach(() => {
    delete process.env['MGMT_BACKEND'];
  });
  afterAll(() => {
    if (environment !== undefined) process.env['MGMT_BACKEND'] = environment;
  });

  it('takes the best that can be loaded, and gives a reason for every better one', async () => {
    const lines: string[] = [];
    const report = await selectBackend({ log: (line) => lines.push(line) });
    const better = BACKEND_NAMES.slice(0, BACKEND_NAMES.indexOf(report.backend));
    expect(report.notTaken.map(({ backend }) => backend)).toEqual(better);
    expect(report.notTaken.every(({ reason }) => reason.length > 0)).toBe(true);
    expect(lines).toHaveLength(better.length + 1);
    expect(lines.at(-1)).toContain(`computing with ${report.backend}`);
    expect(tf.scalar(2).square().dataSync()[0]).toBe(4);
  });

  it('takes plain JavaScript where that is forced, with its versions and device', async () => {
    const report = await selectBackend({ force: 'cpu' });
    expect(report).toMatchObject({ backend: 'cpu', package: '@tensorflow/tfjs', versions: { tfjs: tf.version_core }, notTaken: [] });
    expect(report.device).toMatch(/cores$/);
    expect(report.details).toEqual({ threads: '1' });
    expect(tf.getBackend()).toBe('cpu');
  });

  it('obeys MGMT_BACKEND, and the option before it', async () => {
    process.env['MGMT_BACKEND'] = 'cpu';
    expect((await selectBackend()).backend).toBe('cpu');
    process.env['MGMT_BACKEND'] = 'nonsense';
    expect((await selectBackend({ force: 'cpu' })).backend).toBe('cpu');
  });

  it('refuses a name that it does not know, listing those it does', async () => {
    await expect(selectBackend({ force: 'cuda' as BackendName })).rejects.toThrow(
      /nn\/unknown-backend.*\n.*expected tensorflow-gpu, tensorflow, webgpu, wasm, cpu, found cuda/,
    );
  });

  (nvidiaGpus().length === 0 ? it : it.skip)('never replaces a forced backend in silence: says why and how to get it', async () => {
    const error: unknown = await selectBackend({ force: 'tensorflow-gpu' }).catch((thrown: unknown) => thrown);
    expect(isMgmtError(error) && error.code).toBe('nn/backend-unavailable');
    expect(String(error)).toMatch(/no NVIDIA GPU[^]*hint: .*tfjs-native install/);
  });

  it.each(['cuda', 'WASM', 'gpu', ' '])('refuses the name %j from outside as well', async (name) => {
    process.env['MGMT_BACKEND'] = name;
    await expect(selectBackend()).rejects.toThrow(/nn\/unknown-backend: MGMT_BACKEND or option force/);
  });

  (isInstalled('webgpu') ? it.skip : it)('names the command that installs what is missing', async () => {
    const error: unknown = await selectBackend({ force: 'webgpu' }).catch((thrown: unknown) => thrown);
    expect(isMgmtError(error) && [error.code, error.hint]).toEqual([
      'nn/backend-unavailable',
      'npm install @tensorflow/tfjs-backend-webgpu webgpu',
    ]);
    expect(String(error)).toMatch(/'webgpu' was asked for and cannot be used: its package is not installed/);
  });

  it('leaves the backend that computes alone where another is refused', async () => {
    await selectBackend({ force: 'cpu' });
    await expect(selectBackend({ force: 'none' as BackendName })).rejects.toThrow();
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe('what is told of the machine', () => {
  const known = process.env['TF_NUM_INTRAOP_THREADS'];
  afterEach(() => {
    if (known === undefined) delete process.env['TF_NUM_INTRAOP_THREADS'];
    else process.env['TF_NUM_INTRAOP_THREADS'] = known;
  });

  it('the threads are those that TensorFlow is given, else one a core', () => {
    process.env['TF_NUM_INTRAOP_THREADS'] = '3';
    expect(threads()).toBe('3');
    delete process.env['TF_NUM_INTRAOP_THREADS'];
    expect(Number(threads())).toBeGreaterThan(0);
  });

  it('the vector instructions are in words', () => expect(cpuFeatures()).toMatch(/^(?:unknown|[a-z][\w ]*)$/));
});

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
