import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Affine } from '@mgmt/core';
import { decodeNifti, decodeNiftiArray, decodeNiftiVolumes, readNiftiArray, readNiftiHeader, readNiftiVolumes } from '../src/index.js';
import { files, type Golden } from './golden.js';

const folder = mkdtempSync(join(tmpdir(), 'nifti-golden-'));
/** LPS to RAS, written out here so that the test does not share the source's helper. */
const toRas = ([x, y, z, w]: Affine) => [x.map((v) => -v), y.map((v) => -v), z, w];
const expectAffine = (affine: Affine, expected: Golden['affine']) =>
  toRas(affine).forEach((row, r) => row.forEach((value, c) => expect(value).toBeCloseTo(expected[r]![c]!, 5))); // the quaternion is float32
const channelsOf = (type: string) => (type.startsWith('complex') ? [2] : type === 'rgb24' ? [3] : type === 'rgba32' ? [4] : []);
const isInt64 = (type: string) => /^u?int64$/.test(type);
const singles = files.filter(({ pair }) => !pair);
const scalars = singles.filter(({ type }) => channelsOf(type).length === 0);

describe('every type, byte order, version and form of file', () => {
  it('is among the golden files', () => {
    const kinds = new Set(files.slice(0, 64).map(({ type, endianness, version }) => `${type} ${endianness} ${version}`));
    expect(kinds.size).toBe(16 * 2 * 2);
  });

  it.each(singles)('is decoded as stored, equal to nibabel: $name', ({ file, type, shape, stored, scaled }) => {
    const array = decodeNiftiArray(file);
    expect(array.shape).toEqual([...shape.toReversed(), ...channelsOf(type)]);
    expect(array.dataType).toBe(type);
    if (isInt64(type)) expect([...array.data].map(String)).toEqual(stored.map(String));
    else expect([...array.data]).toEqual(stored.map(Number));
    expect(array.scaling !== undefined).toBe(scaled !== undefined);
  });

  it.each(scalars.filter(({ type, stored }) => !(isInt64(type) && stored.some((value) => typeof value === 'string'))))(
    'becomes volumes, equal to nibabel: $name',
    ({ file, shape, stored, scaled, affine }) => {
      const { volumes, extents } = decodeNiftiVolumes(file);
      expect(extents).toEqual(shape.slice(3));
      expect(volumes).toHaveLength(shape.slice(3).reduce((product, n) => product * n, 1));
      for (const volume of volumes) {
        expect(volume.shape).toEqual([shape[2] ?? 1, shape[1] ?? 1, shape[0]]);
        expectAffine(volume.affine, affine);
      }
      const values = volumes.flatMap(({ data }) => [...data]);
      const round = volumes[0]!.data.constructor.name === 'Float32Array' ? Math.fround : Number;
      expect(values).toEqual((scaled ?? stored).map((value) => round(Number(value))));
      if (volumes.length === 1) expect(decodeNifti(file)).toEqual(volumes[0]);
    },
  );

  it.each(files)('has its header read, equal to nibabel: $name', async (golden) => {
    const path = write(golden);
    const header = await readNiftiHeader(path);
    const spaces = { meter: 'm', mm: 'mm', micron: 'um', unknown: 'unknown' } as Record<string, string>;
    const times = { sec: 's', msec: 'ms', usec: 'us', unknown: 'unknown' } as Record<string, string>;
    expect(header).toMatchObject({
      version: golden.version,
      pair: golden.pair,
      endianness: golden.endianness,
      extents: golden.shape,
      dataType: golden.type,
      steps: golden.steps,
      units: { space: spaces[golden.units[0]], time: times[golden.units[1]] },
      qformCode: golden.qform,
      sformCode: golden.sform,
      transform: golden.sform > 0 ? 'sform' : golden.qform > 0 ? 'qform' : 'voxel sizes',
      extensionCount: golden.extensions,
    });
    expect(header.intent.code).toBe(golden.intent);
    expectAffine(header.affine, golden.affine);
  });

  it.each(files.filter(({ pair }) => pair))('is read from a pair by either name: $name', async (golden) => {
    const header = write(golden);
    for (const path of [header, header.replace('.hdr', '.img')]) {
      const { data } = await readNiftiArray(path);
      expect([...data]).toEqual(golden.stored.map(Number));
      expectAffine((await readNiftiVolumes(path)).volumes[0]!.affine, golden.affine);
      expect((await readNiftiHeader(path)).pair).toBe(true);
    }
  });
});

function write({ name, file, image }: Golden): string {
  const path = join(folder, `${name}.${image ? 'hdr' : 'nii'}`);
  writeFileSync(path, file);
  if (image) writeFileSync(path.replace('.hdr', '.img'), image);
  return path;
}
