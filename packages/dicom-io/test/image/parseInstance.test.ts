import { isMgmtError } from '@mgmt/core';
import fc from 'fast-check';
import { parseInstance } from '../../src/index.js';
import { golden, sliceBytes } from '../craft.js';

const bytesOf = (name: string) => Uint8Array.from(Buffer.from(golden.files.find((file) => file.name === name)!.file, 'base64'));

describe('parseInstance', () => {
  it('leaves out of the header what identifies a patient, unless it is asked for', () => {
    const bytes = bytesOf('16 bits unsigned, explicit');
    expect(JSON.stringify(parseInstance(bytes, 'a').header)).not.toMatch(/Doe|secret|2\.25/);
    expect(parseInstance(bytes, 'a', { identifying: true }).header.identifying).toEqual({
      patientName: 'Doe^Jane',
      patientId: 'secret',
      seriesUid: '2.25.2',
    });
  });

  it('keeps what the image says of itself', () => {
    const bytes = sliceBytes({
      more: [
        [0x00080005, 'CS', 'ISO_IR 192'],
        [0x0008103e, 'LO', 'T1 nachträglich'],
        [0x00080070, 'LO', 'Odd'],
        [0x00180050, 'DS', '5'],
        [0x00180087, 'DS', '1.5'],
        [0x00281050, 'DS', '40\\300'],
        [0x00281051, 'DS', '80\\1500'],
      ],
    });
    expect(parseInstance(bytes, 'a').header).toEqual({
      modality: 'MR',
      sopClassUid: '1.2.840.10008.5.1.4.1.1.4',
      seriesDescription: 'T1 nachträglich',
      manufacturer: 'Odd',
      magneticFieldStrengthT: 1.5,
      rows: 2,
      columns: 3,
      photometric: 'MONOCHROME2',
      bitsStored: 16,
      pixelSpacingMm: [1, 1],
      sliceThicknessMm: 5,
      window: { center: 40, width: 80 },
    });
  });

  it('needs no byte of the pixels', () => {
    const bytes = sliceBytes({});
    expect(parseInstance(bytes.subarray(0, bytes.length - 12), 'a')).toEqual(parseInstance(bytes, 'a'));
  });

  it('says after which byte it understood nothing', () => {
    const bytes = sliceBytes({});
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x20, 0, 0x37, 0]));
    bytes[at + 6] = 0xff;
    bytes[at + 7] = 0xff;
    expect(() => parseInstance(bytes, 'a/b.dcm')).toThrow(
      `dicom-io/malformed: a/b.dcm: the DICOM data set cannot be understood after byte ${at}`,
    );
  });

  it('ends on any damage with an instance or an error of its own', () => {
    const originals = golden.files.map(({ name }) => bytesOf(name));
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.integer({ min: 132, max: 640 }), fc.nat(255)), { maxLength: 10 }),
        fc.nat(700),
        (original, damage, end) => {
          const bytes = original.slice(0, end);
          for (const [index, value] of damage) if (index < bytes.length) bytes[index] = value;
          try {
            parseInstance(bytes, 'a');
          } catch (error) {
            expect(isMgmtError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('ends on any bytes behind DICM with an error of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        const bytes = new Uint8Array(132 + tail.length);
        bytes.set([0x44, 0x49, 0x43, 0x4d], 128);
        bytes.set(tail, 132);
        expect(() => parseInstance(bytes, 'a')).toThrow(/^dicom-io\//);
      }),
    );
  });
});
