import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataSet, readImage, rescaleImage, type DicomImage } from '../src/index.js';
import { decodedElsewhere } from './secondDecoder.js';
import { manifest } from './manifest.js';

/** Expected values of pydicom and GDCM, as `_ref` has them. */
interface Reference {
  readonly path: string;
  readonly transfer_syntax: string;
  readonly modality: string | null;
  readonly manufacturer: string | null;
  readonly rows: number | null;
  readonly cols: number | null;
  readonly frames: number | null;
  readonly samples: number | null;
  readonly photometric: string | null;
  readonly bits_allocated: number | null;
  readonly bits_stored: number | null;
  readonly high_bit: number | null;
  readonly pixel_representation: number | null;
  readonly has_pixel_data: boolean;
  readonly pixels?: Values;
  readonly rescaled_float32?: Values;
  readonly rescale?: { readonly slope: readonly number[]; readonly intercept: readonly number[] };
  readonly geometry?: Geometry & { readonly spacing_between_slices: number | null; readonly patient_position: string | null };
  readonly frames_detail?: readonly (Geometry & { readonly slope: number; readonly intercept: number; readonly sha256_le: string })[];
}
interface Values {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly sha256_le: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}
interface Geometry {
  readonly ipp: readonly number[] | null;
  readonly iop: readonly number[] | null;
  readonly pixel_spacing: readonly number[] | null;
  readonly slice_thickness: number | null;
}

const DTYPES: Readonly<Record<string, string>> = {
  Uint8Array: '|u1',
  Int8Array: '|i1',
  Uint16Array: '<u2',
  Int16Array: '<i2',
  Uint32Array: '<u4',
  Int32Array: '<i4',
  Float32Array: '<f4',
  Float64Array: '<f8',
};
const LOSSY = new Set(['50', '51', '91'].map((end) => `1.2.840.10008.1.2.4.${end}`));

const sha256 = (values: ArrayBufferView) =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

const shared = process.env.MGMT_SHARED_DATA;
const real = join(shared ?? '', 'real');
const referenceOf = (path: string) => {
  const file = join(real, '_ref', `${path}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8').replace(/\bNaN\b/g, 'null')) as Reference) : undefined;
};
const rows = shared ? manifest(join(real, 'MANIFEST.csv')).filter(({ format }) => format!.startsWith('DICOM')) : [];
const references = rows.flatMap(({ path }) => referenceOf(path!) ?? []);

(shared ? describe : describe.skip)('real DICOM files equal their references (needs MGMT_SHARED_DATA)', () => {
  it('finds all 277 images', () => expect(references.filter(({ pixels }) => pixels).length).toBe(277));

  it.each(references.filter(({ pixels }) => pixels))('$path', async (reference) => {
    const path = join(real, reference.path);
    const image = await readImage(path);
    expect(described(image)).toEqual(describedBy(reference));
    await expectPixels(image, reference, path);
    if (reference.rescaled_float32 && !LOSSY.has(reference.transfer_syntax)) {
      expect(sha256(rescaleImage(image))).toBe(reference.rescaled_float32.sha256_le);
    }
    if (reference.rescale) {
      expect([image.frames[0]!.rescale.slope]).toEqual(reference.rescale.slope.slice(0, 1));
      expect([image.frames[0]!.rescale.intercept]).toEqual(reference.rescale.intercept.slice(0, 1));
    }
    expectGeometry(image, reference);
  });

  it.each(references.filter(({ pixels }) => !pixels))('$path has no pixels, and says so', async (reference) => {
    const path = join(real, reference.path);
    await expect(readImage(path)).rejects.toMatchObject({
      code: expect.stringMatching(/^dicom-io\/(no-pixel-data|not-an-image)$/),
      where: path,
    });
    const dataSet = await readDataSet(path);
    expect(dataSet.text('Modality') ?? null).toBe(reference.modality || null);
    expect(dataSet.text('Manufacturer') ?? null).toBe(reference.manufacturer || null);
  });
});

function described({ data, pixels, header, transferSyntaxUid }: DicomImage) {
  return {
    dtype: DTYPES[data.constructor.name],
    rows: pixels.rows,
    columns: pixels.columns,
    frames: pixels.frames,
    samples: pixels.samplesPerPixel,
    photometric: pixels.photometric,
    modality: header.modality,
    manufacturer: header.manufacturer ?? null,
    transferSyntaxUid,
  };
}

function describedBy(reference: Reference) {
  return {
    dtype: reference.pixels!.dtype,
    rows: reference.rows,
    columns: reference.cols,
    frames: reference.frames ?? 1,
    samples: reference.samples ?? 1,
    photometric: reference.photometric,
    modality: reference.modality,
    manufacturer: reference.manufacturer || null,
    transferSyntaxUid: reference.transfer_syntax,
  };
}

async function expectPixels(image: DicomImage, { pixels, frames_detail, transfer_syntax }: Reference, path: string): Promise<void> {
  const exact = sha256(image.data) === pixels!.sha256_le;
  if (!exact && LOSSY.has(transfer_syntax)) {
    const other = decodedElsewhere(path);
    if (other) return expect(largestDifference(image.data, await readImage(other))).toBeLessThanOrEqual(1);
    const mean = Float64Array.from(image.data).reduce((sum, value) => sum + value, 0) / image.data.length; // no second decoder at hand
    return expect(Math.abs(mean - pixels!.mean)).toBeLessThan(0.1);
  }
  expect(exact).toBe(true);
  const length = image.data.length / image.shape[0];
  frames_detail?.forEach(({ sha256_le }, frame) =>
    expect(sha256(image.data.subarray(frame * length, (frame + 1) * length))).toBe(sha256_le),
  );
}

function expectGeometry({ frames }: DicomImage, { geometry, frames_detail }: Reference): void {
  const places = frames_detail?.length ? frames_detail : geometry ? [geometry] : [];
  places.forEach(({ ipp, iop, pixel_spacing, slice_thickness, ...rescale }, i) => {
    const { plane, pixelSpacingMm, sliceThicknessMm, rescale: own } = frames[i]!;
    if (ipp && iop) {
      expect(plane!.position).toEqual(ipp);
      [...plane!.rowDirection, ...plane!.columnDirection].forEach((cosine, c) => expect(cosine).toBeCloseTo(iop[c]!, 4)); // made of unit length
    }
    if (pixel_spacing) expect(pixelSpacingMm).toEqual(pixel_spacing);
    if (slice_thickness) expect(sliceThicknessMm).toBe(slice_thickness);
    if ('slope' in rescale) expect(own).toEqual({ slope: rescale.slope, intercept: rescale.intercept });
  });
}

function largestDifference(data: ArrayLike<number>, other: DicomImage): number {
  expect(other.data).toHaveLength(data.length);
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]! - other.data[i]!));
  return largest;
}
