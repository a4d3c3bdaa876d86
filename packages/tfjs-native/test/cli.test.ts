import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { judgePlatform, readMachine } from '../src/machine.js';
import { packageRoot, scratch } from './fixtures.js';

function command(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { NODE_OPTIONS: _, MGMT_NATIVE: __, npm_execpath: ___, ...rest } = process.env;
  const run = spawnSync(process.execPath, [join(packageRoot, 'bin', 'tfjs-native.mjs'), ...args], {
    ...{ cwd, encoding: 'utf8', env: { ...rest, MGMT_NATIVE_CACHE: join(cwd, 'cache'), ...env } },
  });
  return { status: run.status, out: run.stdout, lines: run.stderr.split('\n').filter(Boolean) };
}

function projectWithTfjs(): string {
  const project = scratch();
  const tfjs = join(project, 'node_modules', '@tensorflow', 'tfjs');
  mkdirSync(tfjs, { recursive: true });
  writeFileSync(join(tfjs, 'package.json'), JSON.stringify({ version: '4.22.0' }));
  return project;
}

const offline = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0', MGMT_NATIVE: 'cpu' };
const here = judgePlatform(readMachine()).kind === 'supported' ? describe : describe.skip;

here('tfjs-native install (on a platform that has it)', () => {
  it('without a network fails with a code, a sentence and a hint', () => {
    const project = projectWithTfjs();
    const { status, lines } = command(project, ['install'], offline);
    expect(status).toBe(1);
    expect(lines[0]).toMatch(/^tfjs-native\/no-network: npm pack @tensorflow\/tfjs-node@4\.22\.0: /);
    expect(lines[1]).toMatch(/^ {2}hint: .*--from/);
    expect(readdirSync(join(project, 'node_modules', '@tensorflow'))).toEqual(['tfjs']);
  }, 30_000);

  it('as an npm script says the same in one line and lets the installation go on', () => {
    const { status, lines } = command(projectWithTfjs(), ['install', '--postinstall'], offline);
    expect(status).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(/^tfjs-native: no native backend for now, WebAssembly will compute, slower: no-network: .*hint: /),
    ]);
  }, 30_000);

  it('outside a project says what is missing', () => {
    expect(command(scratch(), ['install'])).toMatchObject({
      status: 1,
      lines: [expect.stringContaining('no-project'), expect.stringContaining('npm install @tensorflow/tfjs')],
    });
  });

  it('reports a failure as JSON too', () => {
    expect(JSON.parse(command(scratch(), ['install', '--json']).out)).toMatchObject({ kind: 'failed', code: 'tfjs-native/no-project' });
  });

  it('does nothing where MGMT_NATIVE is none', () => {
    expect(command(projectWithTfjs(), ['install'], { MGMT_NATIVE: 'none' })).toMatchObject({
      status: 0,
      out: expect.stringContaining('nothing installed'),
    });
  });

  it('status says that there is no backend, and fails', () => {
    const { status, out } = command(projectWithTfjs(), ['status']);
    expect(status).toBe(1);
    expect(out).toMatch(/backend +none.*\nhint +npx @mgmt\/tfjs-native install/);
  });

  it('remove leaves a tfjs-node that is not ours', () => {
    const project = projectWithTfjs();
    const own = join(project, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(own);
    expect(command(project, ['remove']).out).toContain('nothing to remove');
    expect(readdirSync(join(own, '..'))).toContain('tfjs-node');
  });
});

describe('tfjs-native', () => {
  it.each([[['instal']], [['install', '--gpus']], [['install', 'now']], [['install', '--cpu', '--gpu']]])(
    'does not guess what %j means',
    (args) => {
      expect(command(scratch(), args)).toMatchObject({ status: 2, lines: expect.arrayContaining([expect.stringContaining('bad-option')]) });
    },
  );
});
