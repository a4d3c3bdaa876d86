import { MgmtError } from '@mgmt/core';
import { type OpenedDataSet, openDataSet } from '../dataSet/openDataSet.js';
import { unpack } from '../dataSet/unpack.js';
import { DOUBLE_PIXEL_DATA, FLOAT_PIXEL_DATA, PIXEL_DATA, spellTag } from '../dataSet/walkElements.js';
import { frameGroups } from './frameGroups.js';
import { readFrames } from './frames.js';
import type { Instance, Packing, PixelDataPlace } from './instance.js';
import type { PixelFormat } from '../pixels/pixelFormat.js';
import { checkVoxels, type ReadLimits } from '../limits.js';
import { type HeaderConfig, seriesHeader } from './seriesHeader.js';

/**
 * Reads what a DICOM image says, short of its pixels.
 *
 * @param bytes - the file, or its head up to somewhere behind the beginning of its pixel data; a file that is packed (gzip around it, or deflated) as a whole
 * @param where - its path, for errors
 * @throws `MgmtError` `dicom-io/not-dicom`, `dicom-io/malformed`, `dicom-io/not-an-image` for other objects (a directory, a report),
 * `dicom-io/no-pixel-data` for an image without pixels, `dicom-io/missing-attribute` for pixels that nothing describes,
 * `dicom-io/unsupported-transfer-syntax` for implicit big endian, `dicom-io/bad-packing`, `dicom-io/too-large`
 * @example
 * const { header, frames } = parseInstance(await readFile('Image-1.dcm'), 'Image-1.dcm');
 * frames[0]?.plane?.position; // LPS, mm
 */
export function parseInstance(bytes: Uint8Array, where: string, config: HeaderConfig & ReadLimits = {}): Instance {
  const unpacked = unpack(bytes, where, config);
  return instanceOf(openDataSet(unpacked.bytes, where), unpacked.packing, where, config);
}

/** The instance that an opened data set is. See {@link parseInstance} for what it throws. */
export function instanceOf(
  { transferSyntaxUid, meta, dataSet }: OpenedDataSet,
  packing: Packing,
  where: string,
  config: HeaderConfig & ReadLimits,
): Instance {
  const element = [PIXEL_DATA, FLOAT_PIXEL_DATA, DOUBLE_PIXEL_DATA].map((tag) => dataSet.find(tag)).find(Boolean);
  const attributes = DESCRIBING.map(([tag]) => dataSet.find(tag));
  if (!element) {
    const sopClass = dataSet.text('x00080016') ?? meta.text('x00020002') ?? '';
    throw noImage(where, attributes.some(Boolean) || IMAGE_CLASSES.has(sopClass));
  }
  const offsets = dataSet.value('x7fe00001');
  const lengths = dataSet.value('x7fe00002');
  const pixelData: PixelDataPlace = {
    offset: element.offset,
    length: element.undefinedLength ? undefined : element.length,
    packing,
    extendedOffsets: offsets?.length && lengths?.length ? { offsets: uint64s(offsets), lengths: uint64s(lengths) } : undefined,
  };
  const pixels = pixelFormat({ transferSyntaxUid, meta, dataSet }, element.tag, where);
  checkVoxels(pixels, element.undefinedLength, where, config);
  const groups = frameGroups(dataSet);
  return {
    path: where,
    transferSyntaxUid,
    seriesUid: dataSet.text('x0020000e') ?? '',
    sopInstanceUid: dataSet.text('x00080018') ?? '',
    header: seriesHeader(dataSet, groups, pixels, config),
    pixels,
    pixelData,
    frames: readFrames(dataSet, groups, pixels.frames),
  };
}

function pixelFormat({ dataSet }: OpenedDataSet, pixelTag: string, where: string): PixelFormat {
  const floatBits = { [FLOAT_PIXEL_DATA]: 32, [DOUBLE_PIXEL_DATA]: 64 }[pixelTag];
  const required = floatBits ? DESCRIBING.slice(0, 2) : DESCRIBING;
  const missing = required.filter(([tag]) => !dataSet.uint16(tag));
  if (missing.length > 0) {
    throw new MgmtError('the image does not say what its pixels are', {
      code: 'dicom-io/missing-attribute',
      where,
      expected: required.map(([tag, name]) => `${name} ${spellTag(tag)}`).join(', '),
      found: `no ${missing.map(([, name]) => name).join(', no ')}`,
      hint: 'the file is damaged, or no image at all; export it again',
    });
  }
  const frames = dataSet.find('x00280008')?.length ? dataSet.number('x00280008') : 1;
  if (frames === undefined || !Number.isInteger(frames) || frames < 1 || frames > MOST_FRAMES) {
    throw new MgmtError(`Number of Frames ${spellTag('x00280008')} cannot be used`, {
      code: 'dicom-io/invalid-value',
      where,
      expected: `an integer from 1 to ${MOST_FRAMES}`,
      found: frames === undefined ? 'no number' : String(frames),
    });
  }
  const bitsAllocated = floatBits ?? dataSet.uint16('x00280100')!;
  const bitsStored = floatBits ?? dataSet.uint16('x00280101') ?? bitsAllocated;
  return {
    rows: dataSet.uint16('x00280010')!,
    columns: dataSet.uint16('x00280011')!,
    samplesPerPixel: dataSet.uint16('x00280002') ?? 1,
    frames,
    values: floatBits ? 'float' : 'integer',
    bitsAllocated,
    bitsStored,
    highBit: floatBits ? floatBits - 1 : (dataSet.uint16('x00280102') ?? bitsStored - 1),
    signed: floatBits !== undefined || dataSet.uint16('x00280103') === 1,
    planar: dataSet.uint16('x00280006') === 1,
    photometric: dataSet.text('x00280004') ?? '',
  };
}

function noImage(where: string, lacksPixels: boolean): MgmtError {
  if (!lacksPixels) {
    return new MgmtError('the DICOM file is no image', {
      code: 'dicom-io/not-an-image',
      where,
      expected: 'pixel data',
      hint: 'readDataSet reads what it says',
    });
  }
  return new MgmtError('the image has no pixel data', {
    code: 'dicom-io/no-pixel-data',
    where,
    expected: `Pixel Data ${spellTag(PIXEL_DATA)}`,
    hint: 'the file was cut short, or stripped of its pixels; fetch it again. readDataSet reads what it says',
  });
}

/** 64-bit offsets as numbers: no file is larger than 2^53 bytes. */
function uint64s(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => Number(view.getBigUint64(i * 8, true)));
}

const DESCRIBING = [
  ['x00280010', 'Rows'],
  ['x00280011', 'Columns'],
  ['x00280100', 'Bits Allocated'],
] as const;

/** CT, MR and their enhanced forms: files that must have pixels. DICOM PS3.4 section B.5. */
const IMAGE_CLASSES: ReadonlySet<string> = new Set(['2', '2.1', '4', '4.1'].map((end) => `1.2.840.10008.5.1.4.1.1.${end}`));

/** Far more than any enhanced MR or CT object has. */
const MOST_FRAMES = 100_000;
