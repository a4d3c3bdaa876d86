import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { decodeImage, readDataSet, readImage, readSeries, scanSeries } from '../../src/index.js';
import { newFolder, sliceBytes, underSyntax } from '../craft.js';

const bytes = sliceBytes({ value: 300 });
const metaEnd = 144 + Buffer.from(bytes).readUInt32LE(140);
const dataSetOf = (file: Uint8Array) => file.subarray(metaEnd);
const join2 = (a: Uint8Array, b: Uint8Array) => new Uint8Array(Buffer.concat([a, b]));
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';

const spellings: readonly (readonly [string, Uint8Array])[] = [
  ['explicit little endian', bytes],
  ['explicit big endian', underSyntax(bigEndian(bytes), BIG_ENDIAN)],
  ['deflated', deflated(bytes)],
  ['in gzip', gzipSync(bytes)],
  ['deflated, in gzip', gzipSync(deflated(bytes))],
  ['without preamble', bytes.subarray(132)],
  ['without preamble and meta group, explicit', dataSetOf(bytes)],
  ['without preamble and meta group, implicit', implicit(dataSetOf(bytes))],
  ['without preamble and meta group, big endian', dataSetOf(bigEndian(bytes))],
];

describe('one image is read the same', () => {
  it.each(spellings)('%s', async (_name, file) => {
    const { data, header, frames } = await decodeImage(file, 'a');
    expect([...data]).toEqual([300, 300, 300, 300, 300, 300]);
    expect(frames[0]!.plane).toEqual({ position: [0, 0, 1], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] });
    expect(header).toEqual((await decodeImage(bytes, 'a')).header);
  });

  it.each(spellings)('%s, from a folder', async (_name, file) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a'), file);
    expect((await scanSeries(folder)).skipped).toEqual([]);
    expect([...(await readSeries(folder)).volume.data]).toEqual([300, 300, 300, 300, 300, 300]);
    expect((await readDataSet(join(folder, 'a'))).text('Modality')).toBe('MR');
  });
});

describe('packed files', () => {
  it('are refused before they fill the memory', async () => {
    const bomb = join(newFolder(), 'bomb.dcm');
    writeFileSync(bomb, gzipSync(join2(bytes.subarray(0, metaEnd), new Uint8Array(2 ** 26))));
    const before = process.memoryUsage().rss;
    await expect(readImage(bomb, { maxUnpackedBytes: 2 ** 20 })).rejects.toThrow(
      /dicom-io\/too-large: .*bomb\.dcm(.|\n)*expected at most 1048576(.|\n)*raise maxUnpackedBytes/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 25);
  });

  it.each([
    ['gzip', gzipSync(bytes).subarray(0, 200)],
    ['deflate', deflated(bytes).subarray(0, metaEnd + 100)],
  ])('cut short are an error: %s', async (_name, file) => {
    const path = join(newFolder(), 'a');
    writeFileSync(path, file);
    await expect(readImage(path)).rejects.toThrow('dicom-io/bad-packing');
  });

  it('of other formats are passed over', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'mask.nii.gz'), gzipSync(new Uint8Array(1000).fill(7)));
    expect((await scanSeries(folder)).skipped).toEqual([{ path: join(folder, 'mask.nii.gz'), reason: 'no DICOM file' }]);
  });
});

describe('implicit big endian', () => {
  it('is no transfer syntax, and refused by name', async () => {
    const file = Uint8Array.of(0, 8, 0, 8, 0, 0, 0, 2, 0x41, 0x42, 0, 8, 0, 0x60, 0, 0, 0, 2, 0x4d, 0x52);
    await expect(decodeImage(file, 'a')).rejects.toThrow(/dicom-io\/unsupported-transfer-syntax(.|\n)*found implicit big endian/);
  });
});

describe('floats', () => {
  it.each([
    ['32 bits', 0x7fe00008, new Float32Array([0, -1.5, 2, 1e30, NaN, 7])],
    ['64 bits', 0x7fe00009, new Float64Array([0, -1.5, 2, 1e300, NaN, 7])],
  ] as const)('keep their %s', async (_name, tag, pixels) => {
    const file = sliceBytes({ more: [[tag, 'OW', new Uint8Array(pixels.buffer)]] });
    const end = Buffer.from(file).indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0])); // no integers behind them
    expect((await decodeImage(file.subarray(0, end), 'a')).data).toEqual(pixels);
  });
});

function deflated(file: Uint8Array): Uint8Array {
  const renamed = underSyntax(file, DEFLATED);
  const end = 144 + Buffer.from(renamed).readUInt32LE(140);
  return join2(renamed.subarray(0, end), deflateRawSync(renamed.subarray(end)));
}

/** The elements of an explicit little-endian data set without nesting. */
function* elementsOf(dataSet: Uint8Array): Generator<{ tag: Uint8Array; vr: string; value: Uint8Array }> {
  const whole = Buffer.from(dataSet);
  for (let at = 0; at < whole.length;) {
    const vr = whole.toString('latin1', at + 4, at + 6);
    const long = vr === 'OW' || vr === 'OB';
    const length = long ? whole.readUInt32LE(at + 8) : whole.readUInt16LE(at + 6);
    const start = at + (long ? 12 : 8);
    yield { tag: whole.subarray(at, at + 4), vr, value: whole.subarray(start, start + length) };
    at = start + length;
  }
}

function implicit(dataSet: Uint8Array): Uint8Array {
  return Buffer.concat(
    [...elementsOf(dataSet)].flatMap(({ tag, value }) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(value.length);
      return [tag, length, value];
    }),
  );
}

/** The file with its data set in the other byte order; the meta group stays as it is. */
function bigEndian(file: Uint8Array): Uint8Array {
  const swapped = [...elementsOf(dataSetOf(file))].flatMap(({ tag, vr, value }) => {
    const long = vr === 'OW';
    const head = Buffer.alloc(long ? 8 : 4);
    head.write(vr, 'latin1');
    if (long) head.writeUInt32BE(value.length, 4);
    else head.writeUInt16BE(value.length, 2);
    return [Buffer.from(tag).swap16(), head, vr === 'US' || vr === 'OW' ? Buffer.from(value).swap16() : value];
  });
  return Buffer.concat([file.subarray(0, metaEnd), ...swapped]);
}
