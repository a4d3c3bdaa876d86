import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Affine, identityAffine, multiplyAffines, volume } from '@mgmt/core';
import fc from 'fast-check';
import { deriveUid, readSeries, writeSeries } from '../../src/index.js';
import { counted, newFolder } from '../craft.js';

const who = { patientId: '00042', seriesDescription: 'T1wCE' };
const hasDcmtk = (() => {
  try {
    execFileSync('dcmdump', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Any right-handed grid: turned by three angles, scaled, shifted. */
const grids = fc
  .tuple(
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
    fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 }),
    fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 3, maxLength: 3 }),
  )
  .map(([angles, [dx, dy, dz], [x, y, z]]) => {
    const turn = (angle: number, a: number, b: number): Affine =>
      identityAffine.map((row, r) =>
        row.map((value, c) => {
          if (r === a && c === a) return Math.cos(angle);
          if (r === b && c === b) return Math.cos(angle);
          if (r === a && c === b) return -Math.sin(angle);
          return r === b && c === a ? Math.sin(angle) : value;
        }),
      ) as unknown as Affine;
    const scale: Affine = [
      [dx!, 0, 0, 0],
      [0, dy!, 0, 0],
      [0, 0, dz!, 0],
      [0, 0, 0, 1],
    ];
    const turned = [turn(angles[0]!, 0, 1), turn(angles[1]!, 1, 2), turn(angles[2]!, 0, 1), scale].reduce(multiplyAffines);
    return turned.map((row, r) => [row[0], row[1], row[2], [x, y, z, 1][r]!]) as unknown as Affine;
  });

const spread = (a: Affine, b: Affine) => Math.max(...a.flatMap((row, r) => row.map((value, c) => Math.abs(value - b[r]![c]!))));

describe('writeSeries', () => {
  it('is undone by readSeries: any grid, any extents, signed or not', async () => {
    const extent = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(
        grids,
        fc.tuple(extent, extent, extent),
        fc.constantFrom(Int16Array, Uint16Array),
        fc.nat(),
        async (grid, shape, Voxels, seed) => {
          const data = new Voxels(shape[0] * shape[1] * shape[2]).map((_, i) => Math.imul(seed + i, 40_503));
          const folder = newFolder();
          await writeSeries(folder, volume(data, shape, grid), who);
          const read = await readSeries(folder);
          expect(read.volume.data).toEqual(data);
          expect(read.volume.shape).toEqual(shape);
          expect(spread(read.volume.affine, grid)).toBeLessThan(1e-8); // decimal strings of 16 characters hold 500 mm to 1e-12, cosines to 1e-13
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads a left-handed volume back with slices reversed, in the same place', async () => {
    const folder = newFolder();
    const upsideDown: Affine = [identityAffine[0], identityAffine[1], [0, 0, -2, 10], identityAffine[3]];
    await writeSeries(folder, counted([3, 1, 2], upsideDown), who);
    const { volume: read } = await readSeries(folder);
    expect([...read.data]).toEqual([4, 5, 2, 3, 0, 1]);
    expect(read.affine[2]).toEqual([0, 0, 2, 6]);
  });

  it('gives equal bytes for equal input, and names files as it is told', async () => {
    const scan = counted([2, 3, 3], identityAffine);
    const [a, b] = [newFolder(), newFolder()];
    const config = { ...who, fileName: (k: number) => `Image-${7 - k}.dcm` };
    const paths = await writeSeries(a, scan, config);
    await writeSeries(b, scan, config);
    expect(paths).toEqual([join(a, 'Image-7.dcm'), join(a, 'Image-6.dcm')]);
    for (const name of ['Image-7.dcm', 'Image-6.dcm']) expect(readFileSync(join(a, name)).equals(readFileSync(join(b, name)))).toBe(true);
  });

  it('puts the series of one patient in one study and one frame of reference', async () => {
    const read = async (config: Partial<Parameters<typeof writeSeries>[2]>) => {
      const folder = newFolder();
      await writeSeries(folder, counted([1, 2, 2], identityAffine), { ...who, ...config });
      return (await readSeries(folder, { identifying: true })).header.identifying!;
    };
    const [t1, flair, given] = [
      await read({}),
      await read({ seriesDescription: 'FLAIR' }),
      await read({ studyUid: '1.2', seriesUid: '1.2.3', frameOfReferenceUid: '1.4' }),
    ];
    expect(flair.studyUid).toBe(t1.studyUid);
    expect(flair.frameOfReferenceUid).toBe(t1.frameOfReferenceUid);
    expect(flair.seriesUid).not.toBe(t1.seriesUid);
    expect(given).toMatchObject({ patientId: '00042', studyUid: '1.2', seriesUid: '1.2.3', frameOfReferenceUid: '1.4' });
  });

  it.each([
    ['float voxels', volume(new Float32Array(1), [1, 1, 1]), who, /dicom-io\/unsupported-voxel-type(.|\n)*found Float32Array/],
    [
      'a sheared grid',
      counted([1, 1, 1], [[1, 0.5, 0, 0], ...identityAffine.slice(1)] as unknown as Affine),
      who,
      /dicom-io\/oblique-grid/,
    ],
    [
      'a grid without depth',
      counted([1, 1, 1], [identityAffine[0], identityAffine[1], [0, 0, 0, 0], identityAffine[3]]),
      who,
      /dicom-io\/oblique-grid/,
    ],
    [
      'a backslash',
      counted([1, 1, 1], identityAffine),
      { ...who, seriesDescription: 'a\\b' },
      /dicom-io\/invalid-value.*seriesDescription/,
    ],
    ['a UID with a leading zero', counted([1, 1, 1], identityAffine), { ...who, studyUid: '1.02' }, /dicom-io\/invalid-value.*studyUid/],
  ])('refuses %s', async (_name, scan, config, message) => {
    await expect(writeSeries(newFolder(), scan, config)).rejects.toThrow(message);
  });

  it('does not tell a patient id that it refuses', async () => {
    const refused = writeSeries(newFolder(), counted([1, 1, 1], identityAffine), { ...who, patientId: 'Doe\\Jane' });
    await expect(refused).rejects.toThrow(/patientId/);
    await expect(refused).rejects.not.toThrow(/Doe/);
  });

  (hasDcmtk ? it : it.skip)('is read by DCMTK without a warning (needs dcmdump)', async () => {
    const [path] = await writeSeries(newFolder(), counted([1, 3, 5], identityAffine, 100), {
      ...who,
      seriesDescription: 'T1 nachträglich',
      manufacturer: 'Odd',
    });
    const { status, stdout, stderr } = spawnSync('dcmdump', [path!], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(/^[WE]:/m);
    expect(stdout).toMatch(/\(0008,103e\) LO \[T1 nachträglich\]/);
    expect(stdout).toMatch(/\(7fe0,0010\) OW 0064\\0065\\0066/);
  });
});

describe('deriveUid', () => {
  it('is a UID, the same for the same parts, another for others', () => {
    const part = fc.oneof(fc.string(), fc.nat());
    fc.assert(
      fc.property(fc.array(part), fc.array(part), (a, b) => {
        expect(deriveUid(...a)).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
        expect(deriveUid(...a) === deriveUid(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

describe('writeSeries where nothing can be written', () => {
  it('says so by the error of all writers', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const head = volume(new Int16Array(8), [2, 2, 2]);
    await expect(writeSeries(join(file, 'below'), head, who)).rejects.toMatchObject({
      code: 'core/cannot-write',
      where: join(file, 'below'),
    });
  });
});
