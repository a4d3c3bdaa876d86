import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, readImage, rescaleImage } from '../../src/index.js';
import { newFolder, sliceBytes } from '../craft.js';
import { element, file, item, openSequence, pixelDescription } from '../raw.js';

const RLE = '1.2.840.10008.1.2.5';

describe('readImage', () => {
  it('gives color sample beside sample, from planes too', async () => {
    const rgb = { samples: 3, photometric: 'RGB', rows: 1, columns: 2, bits: 8 };
    const beside = file([...pixelDescription({ ...rgb, planar: 0 }), element(0x7fe00010, 'OB', Uint8Array.of(1, 2, 3, 4, 5, 6))]);
    const planes = file([...pixelDescription({ ...rgb, planar: 1 }), element(0x7fe00010, 'OB', Uint8Array.of(1, 4, 2, 5, 3, 6))]);
    for (const bytes of [beside, planes]) {
      const { data, shape } = await decodeImage(bytes);
      expect({ data: [...data], shape }).toEqual({ data: [1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3] });
    }
  });

  it('unpacks single bits, frames without a gap between them', async () => {
    const bits = file([
      ...pixelDescription({ frames: 3, rows: 1, columns: 3, bits: 1 }),
      element(0x7fe00010, 'OB', Uint8Array.of(0b11_010_101, 0b1)),
    ]);
    expect([...(await decodeImage(bits)).data]).toEqual([1, 0, 1, 0, 1, 0, 1, 1, 1]);
  });

  it('places the frames of a dose grid by their offsets', async () => {
    const dose = file([
      element(0x00200032, 'DS', '10\\20\\30'),
      element(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'),
      ...pixelDescription({ frames: 2, rows: 1, columns: 1, bits: 16 }),
      element(0x3004000c, 'DS', '0\\2.5'),
      element(0x7fe00010, 'OW', new Uint8Array(4)),
    ]);
    expect((await decodeImage(dose)).frames.map(({ plane }) => plane?.position)).toEqual([
      [10, 20, 30],
      [10, 20, 32.5],
    ]);
  });

  it('rescales each frame', async () => {
    const image = await decodeImage(
      sliceBytes({
        value: 10,
        more: [
          [0x00281052, 'DS', '-1'],
          [0x00281053, 'DS', '0.5'],
        ],
      }),
    );
    expect([...new Set(rescaleImage(image))]).toEqual([4]);
  });

  it.each([
    [
      'a color of half the columns',
      { samples: 3, photometric: 'YBR_FULL_422', bits: 8 },
      /unsupported-pixel-format(.|\n)*found YBR_FULL_422/,
    ],
    ['12 bits allocated', { bits: 12 }, /unsupported-pixel-format(.|\n)*found 12 allocated/],
    ['no bits at all', { bits: 0 }, /missing-attribute(.|\n)*expected Rows \(0028,0010\), Columns.*found no Bits Allocated/],
    ['five samples', { samples: 5, bits: 8 }, /unsupported-pixel-format(.|\n)*found 5 samples/],
  ])('refuses %s', async (_name, format, message) => {
    const bytes = file([...pixelDescription({ rows: 2, columns: 2, ...format }), element(0x7fe00010, 'OW', new Uint8Array(64))]);
    await expect(decodeImage(bytes, 'a.dcm')).rejects.toThrow(message);
  });

  it('does not wait on what is no regular file', async () => {
    const folder = newFolder();
    execFileSync('mkfifo', [join(folder, 'pipe.dcm')]);
    mkdirSync(join(folder, 'folder.dcm'));
    writeFileSync(join(folder, 'empty.dcm'), '');
    await expect(readImage(join(folder, 'pipe.dcm'))).rejects.toThrow(/cannot-read: .*pipe\.dcm: this is no file/);
    await expect(readImage(join(folder, 'folder.dcm'))).rejects.toThrow(/cannot-read: .*folder\.dcm: this is no file/);
    await expect(readImage(join(folder, 'empty.dcm'))).rejects.toThrow(/empty-file: .*empty\.dcm/);
    await expect(readImage(join(folder, 'gone.dcm'))).rejects.toThrow(
      /cannot-read: .*gone\.dcm: the file cannot be read \(there is nothing of that name\)/,
    );
    await expect(readImage('/dev/zero')).rejects.toThrow(/cannot-read: \/dev\/zero: this is no file/);
  });
});

describe('compressed frames that declare too much', () => {
  it.each([
    ['one frame', { rows: 8000, columns: 8000 }, /dicom-io\/too-large(.|\n)*expected at most 33554432 in a compressed frame/],
    [
      'all frames',
      { frames: 1000, rows: 512, columns: 512 },
      /dicom-io\/too-large(.|\n)*expected at most 134217728(.|\n)*raise maxVoxelsPerFile/,
    ],
  ])('are refused before memory is taken: %s', async (_name, size, message) => {
    const bytes = file([...pixelDescription({ bits: 16, ...size }), openSequence(0x7fe00010, 'OB', item(), item(new Uint8Array(64)))], RLE);
    await expect(decodeImage(bytes)).rejects.toThrow(message);
  });
});

describe('a transfer syntax that is none', () => {
  it.each(['constructor', 'toString', '__proto__', '1.2.3'])('is refused by name: %s', async (uid) => {
    const bytes = file(
      [...pixelDescription({ rows: 1, columns: 2, bits: 8 }), openSequence(0x7fe00010, 'OB', item(), item(new Uint8Array(2)))],
      uid,
    );
    await expect(decodeImage(bytes)).rejects.toThrow(`found an unknown transfer syntax (${uid})`);
  });
});

describe('fragments that do not make the frames', () => {
  const description = pixelDescription({ frames: 2, rows: 1, columns: 2, bits: 8 });
  const frame = Buffer.concat([Buffer.from(new Uint32Array([1, 64, ...Array<number>(14).fill(0)]).buffer), Buffer.from([1, 7, 8, 0])]); // RLE: one segment
  const table = (...offsets: number[]) => item(Buffer.from(Uint32Array.from(offsets).buffer));
  const image = (...items: Uint8Array[]) => file([...description, openSequence(0x7fe00010, 'OB', ...items)], RLE);

  it.each([
    ['are read where they do: empty table', image(item(), item(frame), item(frame))],
    ['are read where they do: filled table', image(table(0, frame.length + 8), item(frame), item(frame))],
  ])('%s', async (_name, bytes) => expect([...(await decodeImage(bytes)).data]).toEqual([7, 8, 7, 8]));

  it.each([
    ['one too few', image(item(), item(frame)), /bad-fragments(.|\n)*expected 2 frames, found 1 fragments in 1 codestreams/],
    ['none', image(item()), /bad-fragments(.|\n)*expected 2 frames/],
    ['not even a table', image(), /bad-fragments(.|\n)*expected a Basic Offset Table/],
    [
      'a table of one frame',
      image(table(0), item(frame), item(frame)),
      /bad-fragments(.|\n)*expected an offset table of 2 frames, found 1/,
    ],
    [
      'an offset into a fragment',
      image(table(0, 10), item(frame), item(frame)),
      /bad-fragments(.|\n)*at the offset of frame 2, found none at 10/,
    ],
    ['a frame of no fragment', image(table(0, 0), item(frame), item(frame)), /bad-fragments(.|\n)*offsets in ascending order/],
    ['something that is no item', image(item(), item(frame), Buffer.from('somewhat')), /bad-fragments(.|\n)*other bytes at byte/],
    [
      'an end without delimiter',
      image(item(), item(frame), item(frame)).subarray(0, -8),
      /truncated-pixel-data: .*behind fragment 2(.|\n)*expected the delimiter/,
    ],
    [
      'an end in a fragment',
      image(item(), item(frame), item(frame)).subarray(0, -20),
      /truncated-pixel-data: .*in fragment 2(.|\n)*expected 68 bytes.*found 56/,
    ],
    [
      'pixels that are not compressed',
      file([...description, openSequence(0x7fe00010, 'OB', item(), item(frame))]),
      /bad-fragments.*only compressed ones/,
    ],
  ])('are an error: %s', async (_name, bytes, message) => {
    await expect(decodeImage(bytes, 'a.dcm')).rejects.toThrow(message);
  });

  it('are told by the Extended Offset Table, without the padding of the last', async () => {
    const uint64s = (...values: number[]) => Buffer.from(BigUint64Array.from(values, BigInt).buffer);
    const bytes = file(
      [
        ...description,
        element(0x7fe00001, 'OV', uint64s(0, frame.length + 8)),
        element(0x7fe00002, 'OV', uint64s(frame.length - 1, frame.length)),
        openSequence(0x7fe00010, 'OB', item(), item(frame), item(frame)),
      ],
      RLE,
    );
    expect([...(await decodeImage(bytes)).data]).toEqual([7, 8, 7, 8]);
  });
});
