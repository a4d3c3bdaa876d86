import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Affine, affineTimesPoint, invertAffine, spacingMm, type Volume, volume, type VolumeShape } from '@mgmt/core';
import { readNifti } from '@mgmt/nifti-io';
import { readDataSet, readSeries, writeSeries } from '../../src/index.js';
import { newFolder } from '../craft.js';

/** Rows, columns and slices of 0.9, 1.1 and 3 mm, somewhere off the center. */
const planes: Readonly<Record<string, Affine>> = {
  axial: grid([1, 0, 0], [0, 1, 0], [0, 0, 1]),
  'axial from the top': grid([1, 0, 0], [0, 1, 0], [0, 0, -1]),
  coronal: grid([1, 0, 0], [0, 0, -1], [0, 1, 0]),
  sagittal: grid([0, 1, 0], [0, 0, -1], [-1, 0, 0]),
  oblique: grid([0.8, 0.48, -0.36], [-0.6, 0.64, -0.48], [0, 0.6, 0.8]),
};

/** Voxels over the range of their type, no two of a series alike. */
const written = Object.entries(planes).flatMap(([plane, affine]) =>
  [Int16Array, Uint16Array].flatMap((Voxels) =>
    [1, 4].map((slices) => {
      const shape: VolumeShape = [slices, 6, 5];
      const lowest = Voxels.name === 'Int16Array' ? -32_768 : 0;
      const data = new Voxels(slices * 30).map((_, i) => i * 547 + lowest);
      return {
        name: `${plane}, ${Voxels.name}, ${slices} slices`,
        scan: volume(data, shape, affine),
        folder: newFolder(),
        files: [] as string[],
      };
    }),
  ),
);

beforeAll(async () => {
  for (const { name, scan, folder, files } of written) {
    files.push(...(await writeSeries(folder, scan, { patientId: '00042', seriesDescription: `nachträglich ${name}` })));
  }
});

describeWith('dcmftest', ['--version'], (programOutput) => {
  it.each(written)('is DICOM: $name', ({ files }) => {
    expect(
      programOutput(...files)
        .trimEnd()
        .split('\n'),
    ).toEqual(files.map((file) => `yes: ${file}`));
  });
});

describeWith('dciodvfy', ['-version'], (programOutput) => {
  it.each(written)('is an MR image as PS3.3 has it: $name', ({ files }) => {
    for (const file of files) expect(programOutput(file)).not.toMatch(/^Error/m);
  });
});

describeWith('python3', ['-c', 'import pydicom, numpy'], (programOutput) => {
  const script = `
import json, sys, pydicom
pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
def told(path):
    ds = pydicom.dcmread(path)
    text = lambda e: '\\\\'.join(map(str, e.value)) if e.VM > 1 else '' if e.value is None else str(e.value)
    elements = [[e.keyword, text(e)] for e in ds if e.keyword != 'PixelData']
    numbers = lambda values: list(map(float, values))
    geometry = map(numbers, [ds.ImagePositionPatient, ds.ImageOrientationPatient, ds.PixelSpacing])
    a = ds.pixel_array
    return [elements, *geometry, list(a.shape), a.dtype.name, a.ravel().tolist()]
print(json.dumps({path: told(path) for path in sys.argv[1:]}))`;
  type Told = [
    elements: [string, string][],
    position: number[],
    orientation: number[],
    spacing: number[],
    shape: number[],
    dtype: string,
    pixels: number[],
  ];
  let told: Record<string, Told>;
  beforeAll(() => {
    told = JSON.parse(programOutput('-c', script, ...written.flatMap(({ files }) => files))) as Record<string, Told>;
  });

  it.each(written)('says to pydicom what it says here, in pixels, geometry and every element: $name', async ({ files, scan }) => {
    const {
      data,
      affine,
      shape: [, rows, columns],
    } = scan;
    const spacingsMm = spacingMm(affine);
    const direction = (c: 0 | 1) => affine.slice(0, 3).map((row) => row[c] / spacingsMm[2 - c]!);
    for (const [k, file] of files.entries()) {
      const [elements, position, orientation, spacing, shape, dtype, pixels] = told[file]!;
      const dataSet = await readDataSet(file, { identifying: true });
      const ours = dataSet.keywords().filter((keyword) => keyword !== 'PixelData');
      expect(elements).toEqual(
        ours.map((keyword) => [keyword, NUMBERS.test(keyword) ? dataSet.numbers(keyword).join() : (dataSet.text(keyword) ?? '')]),
      );
      expect([shape, `${dtype}array`]).toEqual([[rows, columns], data.constructor.name.toLowerCase()]);
      expect(pixels).toEqual([...data.subarray(k * rows * columns, (k + 1) * rows * columns)]);
      expectClose(position, affineTimesPoint(affine, [0, 0, k]));
      expectClose(spacing, spacingsMm.slice(1));
      expectClose(orientation, [...direction(0), ...direction(1)]);
    }
  });
});

describeWith('dcm2niix', ['-v'], (programOutput) => {
  it.each(written)('becomes the same voxels in the same places by dcm2niix: $name', async ({ folder, scan }) => {
    const out = newFolder();
    programOutput('-b', 'n', '-z', 'n', '-f', 'scan', '-o', out, folder);
    const theirs = await readNifti(join(out, 'scan.nii'));
    const ours = (await readSeries(folder)).volume;
    expect(atPlacesOf(ours, theirs)).toEqual([...ours.data]);
    expect(atPlacesOf(scan, theirs)).toEqual([...scan.data]);
  });
});

/** Tests that need a program; skipped by name where it is not installed. The function that they get runs it, and gives what it says. */
function describeWith(program: string, probe: readonly string[], tests: (output: (...parameters: string[]) => string) => void): void {
  const { error, status } = spawnSync(program, probe);
  const there = error === undefined && (status === 0 || program !== 'python3');
  (there ? describe : describe.skip)(`a written series (needs ${[program, ...probe].join(' ')})`, () =>
    tests((...parameters) => {
      const { stdout, stderr, status } = spawnSync(program, parameters, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
      return program === 'dciodvfy' ? stderr : stdout;
    }),
  );
}

function grid(row: readonly number[], column: readonly number[], normal: readonly number[]): Affine {
  const origin = [-110, -95.5, 40.25];
  const line = (r: 0 | 1 | 2) => [row[r]! * 0.9, column[r]! * 1.1, normal[r]! * 3, origin[r]!] as const;
  return [line(0), line(1), line(2), [0, 0, 0, 1]];
}

/** The values of `other` at the places of a volume's voxels; NaN where it has no voxel to 1 % of a voxel's size. */
function atPlacesOf({ shape: [slices, rows, columns], affine }: Volume, other: Volume): number[] {
  const toOther = invertAffine(other.affine);
  const values: number[] = [];
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const index = affineTimesPoint(toOther, affineTimesPoint(affine, [i, j, k]));
        const [x, y, z] = index.map(Math.round) as [number, number, number];
        const near = index.every((value) => Math.abs(value - Math.round(value)) < 0.01);
        const [depth, height, width] = other.shape;
        const inside = x >= 0 && y >= 0 && z >= 0 && x < width && y < height && z < depth;
        values.push(near && inside ? other.data[(z * height + y) * width + x]! : NaN);
      }
    }
  }
  return values;
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-10)); // decimal strings of 16 characters
}

/** Elements of the kind US. */
const NUMBERS = /^(SamplesPerPixel|Rows|Columns|Bits.*|HighBit|PixelRepresentation)$/;
