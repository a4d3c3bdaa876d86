import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityAffine } from '@mgmt/core';
import { readAllSeries, readSeries, writeSeries } from '../../src/index.js';
import { counted, golden, newFolder, sliceBytes, underSyntax, writeSlices } from '../craft.js';

const three = [1, 2, 3].map((instance) => ({ instance }));
const values = (data: ArrayLike<number>) => [...new Set(Array.from(data))];

describe('readSeries', () => {
  it.each(golden.files)('equals pydicom: $name', async ({ file, dtype, stored, rescaled }) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a'), Buffer.from(file, 'base64'));
    const asStored = await readSeries(folder, { rescale: false });
    expect(asStored.volume.data.constructor.name.toLowerCase()).toBe(`${dtype}array`);
    expect([...asStored.volume.data]).toEqual(stored);
    expect([...(await readSeries(folder)).volume.data]).toEqual(rescaled);
    expect(asStored.volume.affine).toEqual([
      [0.25, 0, 0, -10],
      [0, 0.5, 0, 20.5],
      [0, 0, 2, 3],
      [0, 0, 0, 1],
    ]);
  });

  it('orders slices by position, whatever files and instances are called', async () => {
    const folder = writeSlices([3, 1, 2].map((z, i) => ({ instance: i, position: [0, 0, 5 * z], value: z })));
    const { volume, files } = await readSeries(folder);
    expect(values(volume.data)).toEqual([1, 2, 3]);
    expect(volume.affine[2]).toEqual([0, 0, 5, 5]);
    expect(files.map((file) => file.slice(-7))).toEqual(['001.dcm', '002.dcm', '000.dcm']);
  });

  it('rescales each slice by its own slope', async () => {
    const folder = writeSlices(
      [1, 2].map((n) => ({
        instance: n,
        value: 10,
        more: [
          [0x00281053, 'DS', String(n)],
          [0x00281052, 'DS', '-1'],
        ],
      })),
    );
    const { volume } = await readSeries(folder);
    expect(volume.data.constructor.name).toBe('Float32Array');
    expect(values(volume.data)).toEqual([9, 19]);
  });

  it.each([
    ['all of them', 0xf123],
    ['none of them', 0x0123],
  ])('clears bits beyond those stored: %s are dirty', async (_name, value) => {
    const stored = [
      [0x00280101, 'US', 12],
      [0x00280102, 'US', 11],
    ] as const;
    const { volume } = await readSeries(writeSlices([1, 2].map((instance) => ({ instance, value, more: stored }))));
    expect(values(volume.data)).toEqual([0x123]);
  });

  it('makes voxels float32 where that is asked for', async () => {
    const { volume } = await readSeries(writeSlices(three), { float32: true });
    expect(volume.data.constructor.name).toBe('Float32Array');
    expect(values(volume.data)).toEqual([1, 2, 3]);
  });

  it.each([
    ['float32', new Float32Array(18)],
    ['the type of the files', new Uint16Array(18)],
  ])('reads into memory that is given: %s', async (_name, out) => {
    const { volume } = await readSeries(writeSlices(three), { out });
    expect(volume.data).toBe(out);
    expect(values(out)).toEqual([1, 2, 3]);
  });

  it('asks for memory by type and length where a function gives it', async () => {
    const asked: [string, number][] = [];
    const given = new Uint16Array(18).fill(7);
    const out = (Type: { readonly name: string }, length: number) => {
      asked.push([Type.name, length]);
      return given;
    };
    const { volume } = await readSeries(writeSlices(three), { out });
    expect(asked).toEqual([['Uint16Array', 18]]);
    expect(volume.data).toBe(given);
    expect(values(given)).toEqual([1, 2, 3]);
    await expect(readSeries(writeSlices(three), { out: () => new Uint16Array(17) })).rejects.toThrow(/out-mismatch/);
  });

  it.each([
    ['too short', new Uint16Array(17), /out-mismatch(.|\n)*expected a Uint16Array of 18, or a Float32Array, found a Uint16Array of 17/],
    ['of another type', new Int16Array(18), /out-mismatch(.|\n)*found a Int16Array of 18/],
  ])('refuses memory that is %s', async (_name, out, message) => {
    await expect(readSeries(writeSlices(three), { out })).rejects.toThrow(message);
  });

  it('reads a list of files, and one file', async () => {
    const folder = writeSlices(three);
    expect((await readSeries([join(folder, '002.dcm'), join(folder, '001.dcm')])).volume.shape).toEqual([2, 2, 3]);
    expect((await readSeries(join(folder, '001.dcm'))).volume.shape).toEqual([1, 2, 3]);
    await expect(readSeries([join(folder, '001.dcm'), join(folder, 'gone')])).rejects.toThrow(/no-such-folder: .*gone/);
  });

  it('drops a second copy of a file and says so', async () => {
    const folder = writeSlices([...three, { instance: 2 }]);
    expect((await readSeries(folder)).volume.shape).toEqual([3, 2, 3]);
    const { skipped } = await readAllSeries(folder);
    expect(skipped).toEqual([{ path: join(folder, '003.dcm'), reason: `the same image as ${join(folder, '001.dcm')}` }]);
  });

  it('passes over what is no DICOM image, and waits on nothing', async () => {
    const folder = writeSlices(three);
    writeFileSync(join(folder, 'empty.dcm'), '');
    writeFileSync(join(folder, 'notes.txt'), 'not an image');
    writeFileSync(join(folder, 'DICOMDIR'), underSyntaxless());
    execFileSync('mkfifo', [join(folder, 'pipe.dcm')]);
    symlinkSync(join(folder, 'gone'), join(folder, 'broken-link'));
    symlinkSync('/dev/zero', join(folder, 'device'));
    symlinkSync('itself', join(folder, 'itself'));
    mkdirSync(join(folder, 'below'));
    symlinkSync(folder, join(folder, 'below', 'up'));
    expect((await readSeries(folder)).volume.shape).toEqual([3, 2, 3]);
    const reasons = Object.fromEntries(
      (await readAllSeries(folder)).skipped.map(({ path, reason }) => [path.slice(folder.length + 1), reason]),
    );
    expect(reasons).toEqual({
      'below/up': 'a link to a folder that is already read',
      'broken-link': 'cannot be opened (there is nothing of that name)',
      device: 'neither a file nor a folder',
      itself: 'cannot be opened (a link that leads to itself)',
      'pipe.dcm': 'neither a file nor a folder',
      DICOMDIR: 'a DICOM file without an image',
      'empty.dcm': 'an empty file',
      'notes.txt': 'no DICOM file',
    });
  });

  it('reads headers longer than its first look', async () => {
    const folder = writeSlices(three.map((slice) => ({ ...slice, more: [[0x00290010, 'OB', new Uint8Array(300_000)]] })));
    expect(values((await readSeries(folder)).volume.data)).toEqual([1, 2, 3]);
  });

  describe('says what is wrong', () => {
    it('with a folder that is not there', async () => {
      await expect(readSeries('missing')).rejects.toThrow(/^dicom-io\/no-such-folder: missing: .*\n.*found there is nothing of that name/);
    });

    it('with an empty folder', async () => {
      await expect(readSeries(newFolder())).rejects.toThrow(/dicom-io\/empty-folder(.|\n)*found no file/);
    });

    it('with a folder of other files', async () => {
      const folder = newFolder();
      for (const name of 'abcd') writeFileSync(join(folder, name), 'text');
      await expect(readSeries(folder)).rejects.toThrow(/dicom-io\/empty-folder(.|\n)*found 4 other files \(.*a: no DICOM file; .*; …\)/);
    });

    it('with pixel data cut short', async () => {
      const folder = newFolder();
      const paths = await writeSeries(folder, counted([3, 16, 16], identityAffine), { patientId: 'p', seriesDescription: 's' });
      truncateSync(paths[1]!, readFileSync(paths[1]!).length - 12);
      await expect(readSeries(folder)).rejects.toThrow(
        /^dicom-io\/truncated-pixel-data: .*Image-2\.dcm: pixel data ends at byte 1,\d{3}\n {2}expected 512 bytes from byte 1,\d{3} \(16 x 16 x 1, 16 bits\), found 500\n {2}hint: the download was cut short/,
      );
    });

    it('with a file that ends anywhere before its pixels: it never reads a shorter volume', async () => {
      const whole = sliceBytes({ instance: 3 });
      for (let end = 350; end < whole.length; end += 7) {
        const folder = writeSlices(three.slice(0, 2));
        writeFileSync(join(folder, 'cut.dcm'), whole.subarray(0, end));
        await expect(readSeries(folder)).rejects.toThrow(/dicom-io\/(malformed|no-pixel-data|truncated-pixel-data): .*cut\.dcm/);
      }
    });

    it('with a transfer syntax that is not read', async () => {
      const folder = newFolder();
      writeFileSync(join(folder, 'a.dcm'), underSyntax(sliceBytes({}), '1.2.840.10008.1.2.4.100'));
      await expect(readSeries(folder)).rejects.toThrow(
        /dicom-io\/unsupported-transfer-syntax(.|\n)*found MPEG2 Main Profile \/ Main Level \(1\.2\.840\.10008\.1\.2\.4\.100\)/,
      );
    });

    it('with uncompressed pixels under the name of a compressed syntax', async () => {
      const folder = newFolder();
      writeFileSync(join(folder, 'a.dcm'), underSyntax(sliceBytes({}), '1.2.840.10008.1.2.4.90'));
      await expect(readSeries(folder)).rejects.toThrow(/dicom-io\/bad-fragments(.|\n)*expected fragments.*found a value of 12 bytes/);
    });

    it('with two images that claim to be the same', async () => {
      const folder = writeSlices([...three, { instance: 2, value: 99 }]);
      await expect(readSeries(folder)).rejects.toThrow(/dicom-io\/conflicting-copies: .*001\.dcm(.|\n)*found .*003\.dcm/);
      const { volumes, skipped } = await readAllSeries(folder, { allowIrregular: true });
      expect(volumes.map(({ volume }) => values(volume.data))).toEqual([[1, 3]]);
      expect(skipped.map(({ path, error }) => [path.slice(-7), error?.code])).toEqual([
        ['001.dcm', 'dicom-io/conflicting-copies'],
        ['003.dcm', 'dicom-io/conflicting-copies'],
      ]);
    });

    it.each([
      [
        'color',
        {
          more: [
            [0x00280002, 'US', 3],
            [0x00280004, 'CS', 'RGB'],
          ],
        },
        /dicom-io\/color(.|\n)*found 3, RGB/,
      ],
      ['a palette', { more: [[0x00280004, 'CS', 'PALETTE COLOR']] }, /dicom-io\/color/],
      ['frames without a place', { more: [[0x00280008, 'IS', '4']] }, /dicom-io\/irregular-slices.*do not say where/],
      [
        'frames without end',
        { more: [[0x00280008, 'IS', '2000000000']] },
        /dicom-io\/invalid-value.*Number of Frames(.|\n)*found 2000000000/,
      ],
      ['64 bits', { more: [[0x00280100, 'US', 64]] }, /dicom-io\/unsupported-pixel-format(.|\n)*found 64 allocated/],
      [
        'more pixels than allowed',
        { rows: 60_000, more: [[0x00280011, 'US', 60_000]] },
        /dicom-io\/too-large(.|\n)*found 1 frames of 60000 x 60000 x 1/,
      ],
    ] as const)('with %s', async (_name, slice, message) => {
      await expect(readSeries(writeSlices([slice]))).rejects.toThrow(message);
    });

    it.each([
      [
        'a missing slice',
        [1, 2, 4].map((z) => ({ instance: z })),
        /spaced unevenly: 2\.000 mm between slices 2 and 3, 1\.500 mm on average/,
      ],
      ['spacing off by 5 %', [0, 1, 2.05].map((z, i) => ({ instance: i, position: [0, 0, z] })), /spaced unevenly/],
      ['a slice shifted sideways', [0, 0.1, 0].map((x, i) => ({ instance: i, position: [x, 0, i] })), /spaced unevenly/],
      ['a tilted stack', [0, 1, 2].map((z) => ({ instance: z, position: [0, z, 2 * z] })), /tilt of 26\.57 degrees/],
      ['no position', [1, 2].map((instance) => ({ instance, position: null })), /do not say where in the patient/],
    ])('with %s, unless that is allowed', async (_name, slices, message) => {
      const folder = writeSlices(slices);
      await expect(readSeries(folder)).rejects.toThrow(message);
      await expect(readSeries(folder)).rejects.toMatchObject({ code: 'dicom-io/irregular-slices' });
      const { volume, irregularities } = await readSeries(folder, { allowIrregular: true });
      expect(volume.shape[0]).toBe(slices.length);
      expect(irregularities.join()).toMatch(message);
    });
  });

  it('takes what a scanner rounds: steps that differ by less than 1 %', async () => {
    const { volume } = await readSeries(writeSlices([0, 4.999, 10, 15].map((z, i) => ({ instance: i, position: [0, 0, z] }))));
    expect(volume.affine[2][2]).toBe(5);
  });
});

/** A DICOM file without an image: class, instance, and no more. */
function underSyntaxless(): Uint8Array {
  const bytes = sliceBytes({ more: [[0x00080016, 'UI', '1.2.840.10008.1.3.10']] });
  return bytes.subarray(0, Buffer.from(bytes).indexOf(Buffer.from([0x20, 0, 0x0e, 0])));
}
