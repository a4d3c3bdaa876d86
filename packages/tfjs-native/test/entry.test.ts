import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { missingParts, planCuda, readEntry, stockEntry, type EntryPlan, type Part } from '../src/entry.js';
import type { Found } from '../src/machine.js';
import { NativeError } from '../src/nativeError.js';
import type { WheelPin } from '../src/pins.js';
import { failureOf, packageRoot, program, scratch, wheelIn } from './fixtures.js';

const partOf = (pin: WheelPin): Part => ({ pin, wanted: (name) => name.endsWith('.so.2') });
const planOf = (...pins: WheelPin[]): EntryPlan => ({ name: 'tiny-1.0', parts: pins.map(partOf), links: [], note: '' });
const handing = (path: string) => async () => ({ path, source: 'named' as const, keep: true });

describe('stockEntry', () => {
  it('unpacks the wheels in their own layout and knows the entry again', async () => {
    const cache = scratch();
    const { path, pin } = wheelIn(scratch());
    const entry = await stockEntry(cache, planOf(pin), handing(path));
    expect(readdirSync(cache)).toEqual(['tiny-1.0']);
    expect(readdirSync(join(entry.folder, 'tensorflow'))).toEqual(['lib.so.2']);
    expect(entry.manifest).toEqual({ wheels: ['tiny==1.0'], source: 'named', sizes: { 'tensorflow/lib.so.2': 8000 } });
    expect(await stockEntry(cache, planOf(pin), () => Promise.reject(new Error('asked again')))).toEqual(entry);
  });

  it('fills an entry anew when a file of it was cut short', async () => {
    const cache = scratch();
    const { path, pin } = wheelIn(scratch());
    const { folder } = await stockEntry(cache, planOf(pin), handing(path));
    truncateSync(join(folder, 'tensorflow', 'lib.so.2'), 10);
    expect(await readEntry(cache, 'tiny-1.0')).toBeUndefined();
    await stockEntry(cache, planOf(pin), handing(path));
    expect((await readEntry(cache, 'tiny-1.0'))?.manifest.sizes['tensorflow/lib.so.2']).toBe(8000);
  });

  it('goes on where it was interrupted', async () => {
    const cache = scratch();
    const [first, second] = [
      wheelIn(scratch(), 'first'),
      wheelIn(scratch(), 'second', [{ name: 'nvidia/cudnn/lib/b.so.2', content: 'b' }]),
    ];
    const plan = planOf(first.pin, second.pin);
    const asked: string[] = [];
    const getWheel = (works: boolean) => async (pin: WheelPin) => {
      asked.push(pin.distribution);
      if (pin === second.pin && !works) throw new NativeError('no-network', 'gone');
      return { path: (pin === first.pin ? first : second).path, source: 'pip' as const, keep: true };
    };
    await failureOf(stockEntry(cache, plan, getWheel(false)));
    expect(await readEntry(cache, 'tiny-1.0')).toBeUndefined();
    expect((await missingParts(cache, plan)).map(({ pin }) => pin.distribution)).toEqual(['second']);
    const { folder } = await stockEntry(cache, plan, getWheel(true));
    expect(asked).toEqual(['first', 'second', 'second']);
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'nvidia', 'tensorflow']);
  });

  it('is filled once by two processes at once', async () => {
    const [cache, folder] = [scratch(), scratch()];
    const { path, pin } = wheelIn(folder);
    const log = join(folder, 'log');
    const run = async () => {
      const { args, env } = program('stock.ts');
      const child = spawn(process.execPath, [...args, cache, path, log, JSON.stringify(pin)], {
        cwd: packageRoot,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      return ((await once(child, 'close')) as [number])[0];
    };
    expect(await Promise.all([run(), run(), run()])).toEqual([0, 0, 0]);
    expect(readFileSync(log, 'utf8')).toBe('fetched\n');
    expect(await readEntry(cache, 'tiny-1.0')).toBeDefined();
  }, 60_000);

  it('asks for the room before it fetches', async () => {
    const { path, pin } = wheelIn(scratch());
    let asked = false;
    const failure = await failureOf(
      stockEntry(scratch(), planOf({ ...pin, unpackedBytes: 1e18 }), async () => {
        asked = true;
        return { path, source: 'named', keep: true };
      }),
    );
    expect(failure).toMatchObject({ code: 'disk-full', message: expect.stringMatching(/MGMT_NATIVE_CACHE/) });
    expect(asked).toBe(false);
  });

  const small = smallDisk();
  (small ? it : it.skip)('says that the disk is full, and leaves it as it was (needs the right to mount a tmpfs)', async () => {
    const { path, pin } = wheelIn(scratch(), 'tiny', [{ name: 'tensorflow/lib.so.2', content: Buffer.alloc(3_000_000) }]);
    try {
      expect((await failureOf(stockEntry(small!, planOf(pin), handing(path), true))).code).toBe('disk-full');
      expect(readdirSync(small!)).toEqual([]);
    } finally {
      execFileSync('umount', [small!]);
    }
  });
});

/** A disk of 1 MB, or undefined where we may not mount one. */
function smallDisk(): string | undefined {
  const folder = join(scratch(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

describe('planCuda', () => {
  const tensorflow = partOf(wheelIn(scratch()).pin);
  const cudaNames = [
    'libcudart.so.12',
    'libcublas.so.12',
    'libcublasLt.so.12',
    'libcufft.so.11',
    'libcusolver.so.11',
    'libcusparse.so.12',
    'libnvJitLink.so.12',
    'libnvrtc.so.12',
  ];
  const known = (names: readonly string[], at: Found = { kind: 'loader' }) => new Map(names.map((name) => [name, at]));
  const fetched = ({ parts }: EntryPlan) => parts.slice(1).map(({ pin }) => pin.distribution);

  it("takes all of NVIDIA's wheels for a machine with the driver only", () => {
    expect(fetched(planCuda('t', tensorflow, new Map()))).toHaveLength(12);
  });

  it('takes none where CUDA 12 and cuDNN 9 are known to the loader, and links nothing', () => {
    const plan = planCuda('t', tensorflow, known([...cudaNames, 'libcudnn.so.9']));
    expect(plan).toMatchObject({ name: 't-own-cuda', links: [], note: 'CUDA 12 of this machine, cuDNN 9 of this machine' });
    expect(fetched(plan)).toEqual([]);
  });

  it("takes cuDNN's wheel alone where only that is missing", () => {
    expect(fetched(planCuda('t', tensorflow, known(cudaNames)))).toEqual(['nvidia-cudnn-cu12']);
  });

  it('takes all of CUDA from the wheels where a part of it is missing', () => {
    expect(fetched(planCuda('t', tensorflow, known([...cudaNames.slice(1), 'libcudnn.so.9'])))).toHaveLength(11);
  });

  it('links the folders of a CUDA that the loader does not know', async () => {
    const own = scratch();
    for (const name of cudaNames) writeFileSync(join(own, name), '');
    const found = new Map<string, Found>(cudaNames.map((name) => [name, { kind: 'folder', path: join(own, name) }]));
    const { path, pin } = wheelIn(scratch());
    const plan = planCuda('t', partOf(pin), new Map([...found, ...known(['libcudnn.so.9'])]));
    const { folder } = await stockEntry(scratch(), plan, handing(path));
    expect(lstatSync(join(folder, 'nvidia', 'cublas', 'lib')).isSymbolicLink()).toBe(true);
    expect(existsSync(join(folder, 'nvidia', 'cublas', 'lib', 'libcublasLt.so.12'))).toBe(true);
  });
});
