import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axisCodes, isMgmtError, type Volume, type VoxelArray } from '@mgmt/core';
import { readNifti, readNiftiArray, readNiftiHeader, readNiftiVolumes } from '../src/index.js';

interface Reference {
  readonly path: string;
  readonly klass: string;
  readonly shape: readonly number[];
  readonly dtype_on_disk: string;
  readonly byteorder: '<' | '>';
  readonly zooms: readonly number[];
  readonly affine_ras: readonly (readonly number[])[];
  readonly orientation: string;
  readonly sform_code: number;
  readonly qform_code: number;
  readonly intent_code: number;
  readonly xyzt_units: number;
  readonly extensions: number;
  readonly stored: {
    readonly count: number;
    readonly sha256_le: string;
    readonly min: number;
    readonly max: number;
    readonly mean: number;
  };
  readonly scaled: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly nonfinite: number;
    readonly unique_if_label: number;
  };
}

const shared = process.env.MGMT_SHARED_DATA;
const real = join(shared ?? '', 'real');
const malformed = join(shared ?? '', 'malformed');

/** What nibabel made of the files that a manifest lists; scl_slope and vox_offset are left out, which it resets as it loads. */
function references(folder: string): Reference[] {
  if (!shared || !existsSync(folder)) return [];
  return manifest(folder)
    .map(({ path }) => JSON.parse(readFileSync(join(folder, '_ref', `${path}.json`), 'utf8').replace(/\bNaN\b/g, 'null')) as Reference) // Python's JSON
    .filter(({ klass }) => klass !== undefined);
}

/** The NIfTI rows; `expected` is the last column, and there only in the manifest of malformed files. */
function manifest(folder: string): { path: string; expected: string }[] {
  if (!shared) return [];
  const [, ...rows] = readFileSync(join(folder, 'MANIFEST.csv'), 'utf8').trim().split('\n');
  return rows
    .filter((row) => row.startsWith('nifti/'))
    .map((row) => ({ path: row.split(',')[0]!, expected: row.slice(row.lastIndexOf(',') + 1) }));
}

const files = [
  ...references(real).map((reference) => ({ ...reference, at: join(real, reference.path) })),
  ...references(malformed).map((reference) => ({ ...reference, at: join(malformed, reference.path) })),
];
const DTYPES: Readonly<Record<string, string>> = { '|u1': 'uint8', i2: 'int16', f4: 'float32' };
const SPACES = ['unknown', 'm', 'mm', 'um'];
const TIMES = ['unknown', 's', 'ms', 'us'];

(shared ? describe : describe.skip)('real files (needs MGMT_SHARED_DATA)', () => {
  it('finds all of them', () => expect(files).toHaveLength(31)); // 30, and a tiny one among the malformed

  it.each(files)('equals nibabel, stored numbers: $path', async ({ at, shape, dtype_on_disk, stored }) => {
    const array = await readNiftiArray(at);
    expect(array.shape).toEqual(shape.toReversed());
    expect(array.dataType).toBe(DTYPES[dtype_on_disk.replace(/^[<>]/, '')]);
    expect(array.data).toHaveLength(stored.count);
    const { buffer, byteOffset, byteLength } = array.data;
    const hash = createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex');
    expect(hash).toBe(stored.sha256_le);
    expectStatistics([array.data as VoxelArray], stored, 0); // none of them has integers of 64 bits
  });

  it.each(files)('equals nibabel, volumes: $path', async ({ at, shape, affine_ras, orientation, scaled }) => {
    const { volumes, extents } = await readNiftiVolumes(at);
    expect(extents).toEqual(shape.slice(3));
    for (const { shape: found, affine } of volumes) {
      expect(found).toEqual(shape.slice(0, 3).reverse());
      const [x, y, z] = affine;
      [x.map((v) => -v), y.map((v) => -v), z].forEach((row, r) =>
        row.forEach((v, c) => expect(Math.abs(v - affine_ras[r]![c]!)).toBeLessThan(1e-4)),
      );
      expect([...axisCodes(affine)].reverse().join('')).toBe(orientation);
    }
    const values = volumes.map(({ data }) => data);
    const tolerance = values[0]!.constructor.name === 'Float32Array' ? 2 ** -23 : 0; // float32 of what nibabel has in float64
    expectStatistics(values, scaled, tolerance);
    const one = extents.every((n) => n === 1);
    if (one) expect(Buffer.compare(bytesOf((await readNifti(at)).data), bytesOf(values[0]!))).toBe(0);
    else await expect(readNifti(at)).rejects.toThrow(/nifti-io\/not-3d(.|\n)*hint: .*readNiftiVolumes/);
  });

  it.each(files)('equals nibabel, header: $path', async (reference) => {
    const header = await readNiftiHeader(reference.at);
    expect(header).toMatchObject({
      version: reference.klass.startsWith('Nifti2') ? 2 : 1,
      pair: reference.klass.endsWith('Pair'),
      endianness: reference.byteorder === '<' ? 'little' : 'big',
      extents: reference.shape,
      steps: reference.zooms,
      voxelSizesMm: reference.zooms.slice(0, 3), // all of these are in mm, or in nothing
      units: { space: SPACES[reference.xyzt_units & 7], time: TIMES[reference.xyzt_units >> 3] },
      sformCode: reference.sform_code,
      qformCode: reference.qform_code,
      extensionCount: reference.extensions,
    });
    expect(header.intent.code).toBe(reference.intent_code);
    expect(header.texts).toBeUndefined();
  });

  it('are one brain in fifteen orders: equal voxel for voxel once reoriented', async () => {
    const names = readdirSync(join(real, 'nifti/orient')).filter((name) => name.endsWith('.nii.gz'));
    expect(names).toHaveLength(15);
    const first = reoriented(await readNifti(join(real, 'nifti/orient', names[0]!)));
    for (const name of names) {
      const volume = await readNifti(join(real, 'nifti/orient', name));
      expect([...axisCodes(volume.affine)].reverse().join('')).toBe(name.slice(0, 3));
      const { shape, data, corner } = reoriented(volume);
      expect(shape).toEqual(first.shape);
      expect(Buffer.compare(bytesOf(data), bytesOf(first.data))).toBe(0);
      corner.forEach((x, axis) => expect(x).toBeCloseTo(first.corner[axis]!, 3)); // the same place in the patient
    }
  });

  it.each(manifest(malformed))('as the manifest expects of the malformed: $path: $expected', async ({ path, expected }) => {
    const read = readNifti(join(malformed, path));
    if (expected.startsWith('load to')) {
      await expect(read).resolves.toMatchObject({ shape: [3, 5, 7] }); // its numbers are compared above
      return;
    }
    const error: unknown = await read.catch((thrown: unknown) => thrown);
    if (!isMgmtError(error)) throw error;
    expect(error).toMatchObject({
      where: join(malformed, path),
      expected: expect.any(String),
      found: expect.any(String),
      hint: expect.any(String),
    });
    expect([path, error.code]).toEqual([path, CODES[path]]);
  });
});

const CODES: Readonly<Record<string, string>> = {
  'nifti/not-nifti.nii': 'nifti-io/not-nifti',
  'nifti/analyze.hdr': 'nifti-io/not-nifti',
  'nifti/nifti1.hdr': 'nifti-io/header-only',
  'nifti/air.img.gz': 'nifti-io/image-only',
};

function expectStatistics(
  parts: readonly ArrayLike<number>[],
  expected: Partial<Reference['scaled']> & { min: number; max: number; mean: number },
  precision: number,
) {
  let [min, max, sum, count, nonfinite, last] = [Infinity, -Infinity, 0, 0, 0, NaN];
  const distinct = new Set<number>();
  for (const values of parts) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
      if (value - value !== 0) nonfinite++; // a global's name is slow to look up in a test
      sum += value;
      count++;
      if (value !== last && distinct.size < 2000) distinct.add(value);
      last = value;
    }
  }
  const near = (found: number, wanted: number, tolerance: number) => expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance);
  const size = Math.max(Math.abs(expected.min), Math.abs(expected.max));
  near(min, expected.min, precision * size);
  near(max, expected.max, precision * size);
  near(sum / count, expected.mean, Math.max(precision, 1e-12) * size); // sums are in another order than NumPy's
  if (expected.nonfinite !== undefined) expect(nonfinite).toBe(expected.nonfinite);
  if (expected.unique_if_label && expected.unique_if_label < 2000) expect(distinct.size).toBe(expected.unique_if_label);
}

/** Slices upward, rows to the back, columns to the left: voxels moved one by one along the axes that lie nearest, and the first one's place in LPS mm. */
function reoriented({ data, shape, affine }: Volume) {
  const codes = axisCodes(affine);
  const axes = ['SI', 'PA', 'LR'].map((pair) => codes.findIndex((code) => pair.includes(code)));
  const flips = axes.map((axis) => 'IAR'.includes(codes[axis]!));
  const extents = axes.map((axis) => shape[axis]!);
  const strides = [shape[1] * shape[2], shape[2], 1];
  const [slices, rows, columns] = extents as [number, number, number];
  const moved = new (data.constructor as Float32ArrayConstructor)(data.length);
  const along = (i: number, n: number) => (flips[n]! ? extents[n]! - 1 - i : i) * strides[axes[n]!]!;
  for (let s = 0, o = 0; s < slices; s++)
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) moved[o++] = data[along(s, 0) + along(r, 1) + along(c, 2)]!;
  const first = [0, 0, 0];
  axes.forEach((axis, n) => (first[axis] = flips[n]! ? extents[n]! - 1 : 0));
  const [k, j, i] = first as [number, number, number];
  const corner = affine.slice(0, 3).map((row) => row[0] * i + row[1] * j + row[2] * k + row[3]);
  return { data: moved, shape: extents, corner };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: VoxelArray) => Buffer.from(buffer, byteOffset, byteLength);
