import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeSafetensors, encodeSafetensors, type WeightTensor } from '../src/index.js';
import { openSafetensors, writeSafetensors, type TensorToWrite } from '../src/files.js';
import { elementType } from '../src/weights/weightTensor.js';
import { itWithPython, python } from './python.js';
import { tensors as anyTensors } from './weightArbitraries.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'safetensors-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const toWrite = (tensors: ReadonlyMap<string, WeightTensor>): TensorToWrite[] =>
  [...tensors].map(([name, tensor]) => ({ name, type: elementType(tensor)!, shape: tensor.shape, tensor: () => tensor }));

const grid = { shape: [4, 3], data: Float32Array.from({ length: 12 }, (_, i) => i) };
const sample = new Map<string, WeightTensor>([
  ['small', { shape: [3], data: Uint8Array.of(7, 8, 9) }],
  ['grid', grid],
  ['halves', { shape: [2, 2], data: Float32Array.of(1, -2, 0.5, 4), type: 'BF16' }],
  ['scalar', { shape: [], data: BigInt64Array.of(-5n) }],
]);

describe('writeSafetensors', () => {
  it('writes the bytes that encodeSafetensors makes, and tells their size and SHA-256', async () => {
    const path = join(folder, 'made/on/the/way/a.safetensors');
    await fc.assert(
      fc.asyncProperty(anyTensors, async (tensors) => {
        const { file, sizeBytes, sha256 } = await writeSafetensors(path, toWrite(tensors), { a: 'b' });
        const written = await readFile(path);
        expect(Buffer.compare(written, encodeSafetensors(tensors, { a: 'b' }))).toBe(0);
        expect([file, sizeBytes, sha256]).toEqual([path, written.length, createHash('sha256').update(written).digest('hex')]);
      }),
      { numRuns: 30 },
    );
  });

  it('asks for a tensor when the one before is written, wide types first', async () => {
    const events: string[] = [];
    const tensors = toWrite(sample).map((one) => ({
      ...one,
      tensor: async () => {
        events.push(`${one.name} begins`);
        const made = await one.tensor();
        events.push(`${one.name} ends`);
        return made;
      },
    }));
    await writeSafetensors(join(folder, 'lazy.safetensors'), tensors);
    expect(events).toEqual(['scalar', 'grid', 'halves', 'small'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it.each<[string, Partial<TensorToWrite>, RegExp]>([
    ['shape', { shape: [3, 4] }, /nn\/bad-tensor: grid: [^]*expected F32 3 x 4, found F32 4 x 3/],
    ['type', { type: 'F64' }, /nn\/bad-tensor: grid: [^]*expected F64 4 x 3, found F32 4 x 3/],
    ['device, which is gone', { tensor: () => Promise.reject(new Error('the device is gone')) }, /^the device is gone$/],
  ])('leaves the old file where a tensor turns out to be of another %s', async (what, change, message) => {
    const path = join(folder, what, 'kept.safetensors');
    await writeSafetensors(path, toWrite(sample));
    const before = await readFile(path);
    const wrong = toWrite(sample).map((one) => (one.name === 'grid' ? { ...one, ...change } : one));
    await expect(writeSafetensors(path, wrong)).rejects.toThrow(message);
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(join(folder, what))).toEqual(['kept.safetensors']);
  });
});

describe('openSafetensors', () => {
  const written = async (name: string, tensors: ReadonlyMap<string, WeightTensor> = sample) => {
    const path = join(folder, name);
    await writeFile(path, encodeSafetensors(tensors, { format: 'pt' }));
    return path;
  };

  it('gives what decodeSafetensors gives, tensor by tensor', async () => {
    await fc.assert(
      fc.asyncProperty(anyTensors, async (tensors) => {
        const path = await written('any.safetensors', tensors);
        const file = await openSafetensors(path);
        expect([...file.entries.keys()]).toEqual([...tensors.keys()]);
        for (const [name, tensor] of tensors) expect(await file.read(name)).toEqual(tensor);
        await file.close();
      }),
      { numRuns: 30 },
    );
  });

  it('tells types, shapes and metadata before anything is read, and the SHA-256 of all', async () => {
    const path = await written('facts.safetensors');
    const file = await openSafetensors(path);
    expect(file.metadata).toEqual({ format: 'pt' });
    expect([...file.entries].map(([name, { type, shape }]) => [name, type, shape])).toEqual([
      ['small', 'U8', [3]],
      ['grid', 'F32', [4, 3]],
      ['halves', 'BF16', [2, 2]],
      ['scalar', 'I64', []],
    ]);
    const bytes = await readFile(path);
    expect([file.where, file.sizeBytes, await file.sha256()]).toEqual([
      path,
      bytes.length,
      createHash('sha256').update(bytes).digest('hex'),
    ]);
    await file.close();
  });

  it('reads rows alone', async () => {
    const file = await openSafetensors(await written('rows.safetensors'));
    expect(await file.read('grid', [1, 3])).toEqual({ shape: [2, 3], data: Float32Array.of(3, 4, 5, 6, 7, 8) });
    expect(await file.read('grid', [2, 2])).toEqual({ shape: [0, 3], data: new Float32Array(0) });
    expect(await file.read('halves', [1, 2])).toEqual({ shape: [1, 2], data: Float32Array.of(0.5, 4), type: 'BF16' });
    for (const rows of [
      [3, 5],
      [-1, 2],
      [2, 1],
      [0.5, 1],
    ] as const)
      await expect(file.read('grid', rows)).rejects.toThrow(/grid has 4 rows/);
    await expect(file.read('scalar', [0, 1])).rejects.toThrow(/scalar has no rows/);
    await file.close();
  });

  it('gives the bytes of types that it does not read as numbers', async () => {
    const header = '{"a":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[0,3]}}';
    const path = join(folder, 'f8.safetensors');
    await writeFile(path, Buffer.concat([Uint8Array.of(header.length, 0, 0, 0, 0, 0, 0, 0), Buffer.from(header), Uint8Array.of(1, 2, 3)]));
    const file = await openSafetensors(path);
    await expect(file.read('a')).rejects.toThrow(/^nn\/unread-type: .*f8.safetensors[^]*F8_E4M3 of "a"[^]*readBytes/);
    expect(await file.readBytes('a')).toEqual(Uint8Array.of(1, 2, 3));
    await expect(file.readBytes('b')).rejects.toThrow(/^nn\/no-such-tensor[^]*found "b"/);
    await file.close();
  });

  it('says what it found where no file can be read', async () => {
    await expect(openSafetensors(join(folder, 'none.safetensors'))).rejects.toThrow(/^nn\/cannot-read: [^]*found nothing/);
    await expect(openSafetensors(folder)).rejects.toThrow(/^nn\/cannot-read: [^]*found a folder/);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(openSafetensors(join(folder, 'pipe'))).rejects.toThrow(/^nn\/cannot-read: [^]*found a pipe/);
    await writeFile(join(folder, 'empty.safetensors'), '');
    await expect(openSafetensors(join(folder, 'empty.safetensors'))).rejects.toThrow(/^nn\/bad-safetensors: [^]*too short/);
    await writeFile(join(folder, 'model.pth'), 'PK\x03\x04 and more of a zip archive');
    await expect(openSafetensors(join(folder, 'model.pth'))).rejects.toThrow(/^nn\/not-safetensors: .*model.pth[^]*to_safetensors.py/);
  });

  it('refuses a file that is cut short, when it is opened or later', async () => {
    const path = await written('cut.safetensors');
    const file = await openSafetensors(path);
    await truncate(path, file.sizeBytes - 1);
    await expect(file.read('small')).rejects.toThrow(/^nn\/bad-safetensors: [^]*become shorter/);
    await file.close();
    await expect(openSafetensors(path)).rejects.toThrow(/^nn\/bad-safetensors: [^]*do not fill the file/);
  });

  itWithPython('safetensors', 'numpy')(
    'and writeSafetensors: written files are read equally in Python (needs python3 with safetensors)',
    async () => {
      const paths = await Promise.all(
        fc.sample(anyTensors, { numRuns: 40, seed: 5 }).map(async (tensors, i) => {
          const path = join(folder, `for-python-${i}.safetensors`);
          const halvesLess = new Map([...tensors].filter(([, { type }]) => type !== 'BF16')); // NumPy has no bfloat16
          await writeSafetensors(path, toWrite(halvesLess));
          return { path, tensors: halvesLess };
        }),
      );
      const script = `
import json, sys, safetensors.numpy
def read(path):
    return {name: [str(a.dtype), a.shape, [str(int(v)) if a.dtype.kind in 'iub' else repr(float(v)) for v in a.ravel()]] for name, a in safetensors.numpy.load_file(path).items()}
print(json.dumps([read(path) for path in sys.argv[1:]]))`;
      const read = python<Record<string, [string, number[], string[]]>[]>(script, '', ...paths.map(({ path }) => path));
      paths.forEach(({ tensors }, i) => {
        const expected = Object.fromEntries(
          [...tensors].map(([name, { shape, data, type }]) => {
            const values = Array.from<number | bigint>(data);
            const dtype =
              type === 'F16' ? 'float16' : type === 'BOOL' ? 'bool' : data.constructor.name.replace(/Array|Big/g, '').toLowerCase();
            return [name, [dtype, shape, values]];
          }),
        );
        const found = Object.entries(read[i]!).map(([name, [dtype, shape, values]]) => {
          return [
            name,
            [dtype, shape, values.map((value) => (/^u?int64$/.test(dtype) ? BigInt(value) : Number(value.replace('inf', 'Infinity'))))],
          ];
        });
        expect(Object.fromEntries(found)).toEqual(expected);
      });
      expect(paths.flatMap(({ tensors }) => [...tensors.keys()]).length).toBeGreaterThan(50);
    },
  );

  it('reads what a file of PyTorch holds', async () => {
    const file = await openSafetensors(new URL('golden/sequential.safetensors', import.meta.url).pathname);
    expect([...file.entries.keys()]).toContain('0.weight');
    const { tensors } = decodeSafetensors(await readFile(file.where));
    expect(await file.read('0.weight')).toEqual(tensors.get('0.weight'));
    await file.close();
  });
});
