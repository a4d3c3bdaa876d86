import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeNpy, encodeNpy, npyLayout } from '../src/index.js';

const hasNumpy = (() => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('npy', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), fc.integer(), (shape, seed) => {
        const count = shape.reduce((product, n) => product * n, 1);
        const data = Float32Array.from({ length: count }, (_, i) => Math.fround(Math.sin(seed + i)));
        expect(decodeNpy(encodeNpy({ data, shape }))).toEqual({ data, shape });
      }),
    );
  });

  it('is read from a misaligned part of a Buffer, whose slice is a view', () => {
    const file = encodeNpy({ data: Float32Array.of(1, 2, 3), shape: [3] });
    const pool = Buffer.alloc(file.length + 3);
    pool.set(file, 3);
    expect([...decodeNpy(pool.subarray(3)).data]).toEqual([1, 2, 3]);
  });

  it('refuses a file that was cut short, with what it expected', () => {
    const bytes = encodeNpy({ data: new Int16Array(100), shape: [10, 10] });
    expect(() => decodeNpy(bytes.subarray(0, bytes.length - 3), 'a/b.npy')).toThrow(
      /a\/b\.npy: the file is not whole\n {2}expected 200 bytes of data, found 197/,
    );
  });

  it('ends on any bytes with its own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeNpy(Uint8Array.of(0x93, ...'NUMPY'.split('').map((c) => c.charCodeAt(0)), ...bytes))).toThrow(/core\/bad-npy/);
      }),
    );
  });

  (hasNumpy ? it : it.skip)('is opened by NumPy (needs python3 with numpy)', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'npy-')), 'a.npy');
    writeFileSync(path, encodeNpy({ data: Float32Array.of(1, 2, 3, 4, 5, 6.5), shape: [2, 3] }));
    const out = execFileSync('python3', [
      '-c',
      `import numpy,sys; a=numpy.load(sys.argv[1], mmap_mode='r'); print(a.shape, a.dtype, a.sum())`,
      path,
    ]);
    expect(out.toString().trim()).toBe('(2, 3) float32 21.5');
  });

  it('tells the layout from the first bytes alone', () => {
    const bytes = encodeNpy({ data: new Float32Array(6), shape: [1, 2, 3] });
    const { shape, start, Type } = npyLayout(bytes.subarray(0, 200));
    expect({ shape, start, Type: Type.name }).toEqual({ shape: [1, 2, 3], start: 128, Type: 'Float32Array' });
    expect(() => npyLayout(bytes.subarray(0, 11), 'a.npy')).toThrow(/core\/bad-npy: a\.npy/);
  });
});
