import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { orientationOf, spacingMm, type VoxelArray } from '@mgmt/core';
import { readAllSeries, readSeries, scanSeries } from '../../src/index.js';

interface Reference {
  readonly series: string;
  readonly files: number;
  readonly volumes: number;
  readonly slice_gaps_min_max: readonly [number, number];
  readonly pixel_spacing: readonly [number, number];
  readonly first_volume: {
    readonly affine_lps_ijk: readonly (readonly number[])[];
    readonly shape_kji: readonly number[];
    readonly dtype: string;
    readonly stored_sha256_le_kji: string;
    readonly rescaled_min: number;
    readonly rescaled_max: number;
    readonly rescaled_mean: number;
    readonly slice_order: readonly (readonly [string, number, number])[];
  };
}

const shared = process.env.MGMT_SHARED_DATA;
const real = join(shared ?? '', 'real');
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const all = shared ? (json(join(real, '_ref/series.json')) as Reference[]) : [];
const series = all.filter(({ files }) => files > 1);
const multiFrame = all.filter((each) => each.files === 1 && each.first_volume);
const sha256 = ({ buffer, byteOffset, byteLength }: VoxelArray) =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
const DTYPES: Readonly<Record<string, string>> = { '<u2': 'Uint16Array', '<i2': 'Int16Array' };

(shared ? describe : describe.skip)('real series (needs MGMT_SHARED_DATA)', () => {
  it('finds all three', () =>
    expect(series.map((s) => s.series).sort()).toEqual(['ge_epi_5vol', 'philips_epi_3vol', 'siemens_t1_sag_hfs']));

  it.each(series)(
    'equals the reference: $series',
    async ({ series: name, volumes: count, slice_gaps_min_max: gaps, pixel_spacing, first_volume: first }) => {
      const { volumes, skipped } = await readAllSeries(join(real, 'series', name), { rescale: false });
      expect(volumes).toHaveLength(count);
      for (const { volume } of volumes) expect(volume.shape).toEqual(first.shape_kji);
      const [{ volume, files }] = volumes as [(typeof volumes)[number]];
      expect(files.map((file) => basename(file))).toEqual(first.slice_order.map(([file]) => file));
      volume.affine.forEach((row, r) => row.forEach((v, c) => expect(Math.abs(v - first.affine_lps_ijk[r]![c]!)).toBeLessThan(1e-12)));
      const [slice, row, column] = spacingMm(volume.affine);
      expect(slice).toBeGreaterThan(gaps[0] - 1e-6);
      expect(slice).toBeLessThan(gaps[1] + 1e-6);
      expect([row, column].map((mm, i) => Math.abs(mm - pixel_spacing[i]!) < 1e-6)).toEqual([true, true]);
      expect(volume.data.constructor.name).toBe(DTYPES[first.dtype]);
      expect(sha256(volume.data)).toBe(first.stored_sha256_le_kji);
      expect(skipped.map(({ path, reason }) => [basename(path), reason])).toEqual(
        name.startsWith('ge') ? [['README-Series.txt', 'no DICOM file']] : [],
      );
    },
  );

  it.each(series)('holds every slice as the reference rescales it: $series', async ({ series: name, first_volume: first }) => {
    const { volumes } = await readAllSeries(join(real, 'series', name));
    for (const { volume, files } of volumes) {
      const sliceVoxels = volume.shape[1] * volume.shape[2];
      files.forEach((file, k) => {
        const expected = json(join(real, '_ref/series', name, `${basename(file)}.json`)) as { rescaled_float32: { sha256_le: string } };
        expect(sha256(Float32Array.from(volume.data.subarray(k * sliceVoxels, (k + 1) * sliceVoxels)))).toBe(
          expected.rescaled_float32.sha256_le,
        );
      });
    }
    const { data } = volumes[0]!.volume;
    const [min, max] = Array.from(data).reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
    expect(min).toBe(first.rescaled_min);
    expect(max).toBe(Math.fround(first.rescaled_max));
  });

  it.each(multiFrame)('equals the reference: the frames of $series', async ({ series: name, first_volume: first }) => {
    const { volume, files } = await readSeries(join(real, 'enhanced', name));
    expect(volume.shape).toEqual(first.shape_kji);
    expect(files.map((file) => basename(file))).toEqual(first.slice_order.map(([file]) => file));
    volume.affine.forEach((row, r) => row.forEach((v, c) => expect(Math.abs(v - first.affine_lps_ijk[r]![c]!)).toBeLessThan(1e-12)));
    expect(volume.data.constructor.name).toBe(DTYPES[first.dtype]);
    expect(sha256(volume.data)).toBe(first.stored_sha256_le_kji);
  });

  it('separates the orientations and contrasts of one multi-frame file', async () => {
    const path = join(real, 'enhanced/BRMULTI');
    await expect(readSeries(path)).rejects.toThrow(/several-volumes(.|\n)*found 4/);
    const { volumes, skipped } = await readAllSeries(path);
    expect(skipped).toEqual([]);
    expect(volumes.map(({ volume }) => orientationOf(volume.affine))).toEqual(['axial', 'axial', 'axial', 'coronal']);
    const { frames_detail: frames } = json(join(real, '_ref/enhanced/BRMULTI.json')) as { frames_detail: { sha256_le: string }[] };
    const slices = volumes.flatMap(({ volume: { data, shape } }) =>
      Array.from({ length: shape[0] }, (_, k) => sha256(data.subarray(k * shape[1] * shape[2], (k + 1) * shape[1] * shape[2]))),
    );
    expect([...slices].sort()).toEqual(frames.map((frame) => frame.sha256_le).sort()); // each frame once
  });

  it('reads the four volumes of a repeated enhanced acquisition, a file each', async () => {
    const { volumes } = await readAllSeries(join(real, 'enhanced/siemens_xa10'));
    expect(volumes.map(({ volume, files }) => [volume.shape, basename(files[0]!)])).toEqual(
      [1, 2, 3, 4].map((n) => [[6, 64, 64], `6_${n}.dcm`]),
    );
  });

  it('gives the same voxels from eight encodings of one image', async () => {
    const { volumes } = await readAllSeries(join(real, 'transfer_syntax_same_image')); // series of their own
    expect(volumes).toHaveLength(8);
    expect(new Set(volumes.map(({ volume }) => sha256(volume.data))).size).toBe(1);
  });

  it('knows five encodings of one image for copies', async () => {
    const { volumes, skipped } = await readAllSeries(join(real, 'enhanced/emri_small'), { allowIrregular: true });
    expect(volumes).toHaveLength(1);
    expect(skipped.map(({ reason, error }) => [error, reason.split('/').at(-1)])).toEqual(Array(4).fill([undefined, 'emri_small.dcm']));
  });

  it('reads the series that is one volume, and refuses the others', async () => {
    expect((await readSeries(join(real, 'series/siemens_t1_sag_hfs'))).volume.shape).toEqual([35, 256, 256]);
    await expect(readSeries(join(real, 'series/ge_epi_5vol'))).rejects.toThrow(/several-volumes(.|\n)*found 10: 10 of MR/);
    await expect(readSeries(join(real, 'series/philips_epi_3vol'))).rejects.toThrow(/several-volumes(.|\n)*found 3: 3 of MR/);
  });

  it('ends on every other DICOM file, malformed ones too, with an error of its own, and tells nothing that identifies a patient', async () => {
    const probe = json(join(real, '_ref/phi_probe.json')) as Record<string, string[]>;
    const secrets = ['PatientName', 'PatientID', 'AccessionNumber', 'SOPInstanceUID', 'InstitutionName', 'ReferringPhysicianName']
      .flatMap((tag) => probe[tag] ?? [])
      .filter((text) => text.length > 7 && text !== 'GE MEDICAL SYSTEMS'); // that is a manufacturer too
    const folders = ['small', 'charset', 'enhanced', 'dicomdir', 'transfer_syntax_same_image'].map((name) => join(real, name));
    for (const folder of [...folders, join(shared!, 'malformed/dicom')].filter(
      (path) => existsSync(path) && readdirSync(path).length > 0,
    )) {
      const [{ series: found, skipped }, all] = [await scanSeries(folder), await readAllSeries(folder, { allowIrregular: true })];
      const told = JSON.stringify([
        found,
        skipped.map(({ reason }) => reason),
        all.skipped.map(({ reason }) => reason),
        all.volumes.map(({ header }) => header),
      ]);
      const names = readdirSync(folder, { recursive: true }).join(' ');
      expect(secrets.filter((text) => told.includes(text) && !names.includes(text))).toEqual([]);
    }
  }, 60_000);
});
