import { deflateRawSync } from 'node:zlib';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { isMgmtError } from '@mgmt/core';
import type { FrameDecoder } from '../../src/pixels/frameDecoder.js';
import type { StoredArray } from '../../src/pixels/storedArray.js';
import { decoderOf, goldens } from './codedFiles.js';

type Coded = (typeof goldens)[number];
const CODES = ['dicom-io/bad-codestream', 'dicom-io/codestream-mismatch', 'dicom-io/unsupported-codestream'];

/** One of every codec and kind of samples is enough where the codec does not look at the values. */
const streams = goldens.filter(({ name }) => !name.startsWith('frames-'));

/** The values, or the code of the error; an error of any other type is thrown on. */
function attempt(decode: FrameDecoder, codestream: Uint8Array, { file, name }: Coded): StoredArray | string {
  try {
    return decode(codestream, file.format, name);
  } catch (error) {
    if (isMgmtError(error) && CODES.includes(error.code)) return error.code;
    throw error;
  }
}

describe('a cut codestream', () => {
  it.each(streams)('is an error wherever it is cut: $name', async (coded) => {
    const decode = await decoderOf(coded.file);
    const [whole] = coded.file.frames as [Uint8Array];
    const values = decode(whole, coded.file.format, coded.name);
    const points = Array.from({ length: 48 }, (_, i) => Math.floor((i * whole.length) / 48));
    for (const length of new Set([...points, whole.length - 4, whole.length - 3, whole.length - 2, whole.length - 1])) {
      const outcome = attempt(decode, whole.slice(0, length), coded);
      const onlyPadding = length >= whole.length - 1 && padded(coded); // frames have even lengths
      expect([length, outcome]).toEqual([length, onlyPadding ? expect.anything() : expect.any(String)]);
      if (typeof outcome !== 'string') expect(outcome).toEqual(values);
    }
  });

  const marked = streams.filter(({ name }) => /^(jpeg|htj2k)/.test(name) && !name.includes('boxed'));

  it.each(marked)('is an error though its end marker was put behind the cut: $name', async (coded) => {
    const decode = await decoderOf(coded.file);
    const [frame] = coded.file.frames as [Uint8Array];
    const end = Buffer.from(frame).lastIndexOf(Buffer.from('ffd9', 'hex'));
    const points = Array.from({ length: 12 }, (_, i) => end - 2 - Math.floor((i * end) / 24)); // the scan takes at least half
    for (const length of points) {
      const outcome = attempt(decode, Uint8Array.from([...frame.slice(0, length), 0xff, 0xd9]), coded);
      expect([length, outcome]).toEqual([length, expect.any(String)]);
    }
  });

  const packets = marked.filter(({ name }) => /^(jpeg-2000|htj2k)/.test(name));

  it.each(packets)('is an error though its last tile-part is as long as it says: $name', async (coded) => {
    const decode = await decoderOf(coded.file);
    const frame = Buffer.from(coded.file.frames[0]!);
    const [end, tilePart] = ['ffd9', 'ff90000a'].map((marker) => frame.lastIndexOf(Buffer.from(marker, 'hex'))) as [number, number];
    for (const missing of [1, 2, 10, 50]) {
      const cut = Buffer.concat([frame.subarray(0, end - missing), frame.subarray(end)]);
      cut.writeUInt32BE(end - missing - tilePart, tilePart + 6);
      expect([missing, attempt(decode, new Uint8Array(cut), coded)]).toEqual([missing, 'dicom-io/bad-codestream']);
    }
  });

  function padded({ name, file }: Coded): boolean {
    const [frame] = file.frames as [Uint8Array];
    const marked = !/^(rle|deflated)/.test(name);
    return marked ? frame.at(-1) !== 0xd9 : true; // their ends are not marked: the last byte may be padding
  }
});

describe('a damaged codestream', () => {
  const mutation = fc.record({
    stream: fc.constantFrom(...streams),
    at: fc.oneof(fc.nat(120), fc.nat(2000)), // headers are at the beginning
    remove: fc.nat(3),
    insert: fc.uint8Array({ minLength: 0, maxLength: 4 }),
  });

  it('gives values or an error of its own, soon, in silence, and the next frame is decoded as ever', async () => {
    const silent = [...(['log', 'info', 'warn', 'error'] as const).map((name) => jest.spyOn(console, name))].map((spy) =>
      spy.mockImplementation(() => undefined),
    );
    const written = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockReturnValue(true));
    const decoders = new Map(await Promise.all(streams.map(async (stream) => [stream, await decoderOf(stream.file)] as const)));
    const expected = new Map(streams.map((stream) => [stream, decoders.get(stream)!(stream.file.frames[0]!, stream.file.format, '')]));
    try {
      fc.assert(
        fc.property(mutation, ({ stream, at, remove, insert }) => {
          const decode = decoders.get(stream)!;
          const [whole] = stream.file.frames as [Uint8Array];
          const from = at % whole.length;
          const started = performance.now();
          const outcome = attempt(decode, Uint8Array.from([...whole.slice(0, from), ...insert, ...whole.slice(from + remove)]), stream);
          expect(performance.now() - started).toBeLessThan(2000);
          if (typeof outcome !== 'string') expect(outcome).toHaveLength(expected.get(stream)!.length);
          expect(decode(whole, stream.file.format, '')).toEqual(expected.get(stream));
        }),
        { numRuns: 500, seed: 20 },
      );
    } finally {
      for (const spy of [...silent, ...written]) spy.mockRestore();
    }
    expect([...silent, ...written].flatMap((spy) => spy.mock.calls)).toEqual([]);
  }, 60_000);
});

describe('a header that lies', () => {
  const named = (name: string) => goldens.find((golden) => golden.name === name)!;

  /** Replaces the bytes that stand `offset` behind a marker, and decodes. */
  async function withBytes(name: string, marker: string, offset: number, bytes: string): Promise<string> {
    const coded = named(name);
    const decode = await decoderOf(coded.file);
    const frame = Buffer.from(coded.file.frames[0]!);
    frame.write(bytes, frame.indexOf(Buffer.from(marker, 'hex')) + offset, 'hex');
    const before = process.memoryUsage().arrayBuffers;
    const outcome = attempt(decode, new Uint8Array(frame), coded);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
    return typeof outcome === 'string' ? outcome : 'values';
  }

  it.each([
    ['JPEG 2000 of 65535 x 65535', 'jpeg-2000-u12', 'ff51', 6, '0000ffff0000ffff', 'codestream-mismatch'],
    ['JPEG 2000 of more components than it describes', 'jpeg-2000-u12', 'ff51', 38, '0003', 'bad-codestream'],
    ['JPEG 2000 in tiles of one sample', 'jpeg-2000-u12', 'ff51', 22, '0000000100000001', 'bad-codestream'],
    ['JPEG 2000 in 65535 layers', 'jpeg-2000-u12', 'ff52', 6, 'ffff', 'bad-codestream'],
    ['JPEG 2000 of 32 bits', 'jpeg-2000-u12', 'ff51', 40, '1f', 'codestream-mismatch'],
    ['JPEG 2000 subsampled', 'jpeg-2000-u12', 'ff51', 41, '0202', 'unsupported-codestream'],
    ['JPEG-LS of 65535 x 65535', 'jpeg-ls-u12', 'fff7', 5, 'ffffffff', 'codestream-mismatch'],
    ['JPEG-LS of 32 bits', 'jpeg-ls-u12', 'fff7', 4, '20', 'codestream-mismatch'],
    ['JPEG of 65535 x 65535', 'jpeg-baseline-u8-odd', 'ffc0', 5, 'ffffffff', 'codestream-mismatch'],
    ['lossless JPEG of 65535 x 65535', 'jpeg-lossless-first-order-u12', 'ffc3', 5, 'ffffffff', 'codestream-mismatch'],
    ['JPEG subsampled by a fraction', 'jpeg-baseline-ybr-420-odd', 'ffc0', 14, '31', 'unsupported-codestream'],
  ])('is refused, and no memory is taken for it: %s', async (_, name, marker, offset, bytes, code) => {
    expect(await withBytes(name, marker, offset, bytes)).toBe(`dicom-io/${code}`);
  });

  it.each(['jpeg-baseline-u8-odd', 'jpeg-lossless-first-order-u8-odd', 'rle-u8-odd'])(
    'is refused where so many samples cannot be in so few bytes, though the data set agrees: %s',
    async (name) => {
      const coded = named(name);
      const decode = await decoderOf(coded.file);
      const frame = Buffer.from(coded.file.frames[0]!);
      const sizeAt = Math.max(frame.indexOf(Buffer.from('ffc0', 'hex')), frame.indexOf(Buffer.from('ffc3', 'hex'))) + 5;
      if (!name.startsWith('rle')) frame.write('ffffffff', sizeAt, 'hex');
      const format = { ...coded.file.format, rows: 65535, columns: 65535 };
      expect(() => decode(new Uint8Array(frame), format, name)).toThrow(/bad-codestream(.|\n)*expected at least \d+ bytes, found \d+/);
    },
  );

  it('is refused where it inflates to more than the image', async () => {
    const { file, name } = named('deflated-u8-odd');
    const decode = await decoderOf(file);
    const bomb = deflateRawSync(new Uint8Array(2 ** 26));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decode(bomb, file.format, name)).toThrow('dicom-io/bad-codestream');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  it('says what was expected and found', async () => {
    const { file, name } = named('jpeg-ls-u12');
    const decode = await decoderOf(file);
    expect(() => decode(file.frames[0]!, { ...file.format, rows: 23 }, `${name}, frame 1`)).toThrow(
      /codestream-mismatch: jpeg-ls-u12, frame 1: (.|\n)*expected 32 x 23 x 1(.|\n)*found 32 x 24 x 1/,
    );
  });
});
