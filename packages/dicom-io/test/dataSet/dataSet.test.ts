import { parseDataSet, readDataSet } from '../../src/index.js';
import { newFolder, writeSlices } from '../craft.js';
import { element, file, item, openItem, openSequence, us } from '../raw.js';

const nested = (vr: 'SQ' | 'UN') => [
  ['of a length', element(0x00081140, vr, [item(reference(vr, 'a')), item(reference(vr, 'b'))])],
  ['up to a delimiter', openSequence(0x00081140, vr, openItem(reference(vr, 'a')), item(reference(vr, 'b')))],
];

/** What is in a sequence that came as UN is implicit. */
function reference(vr: 'SQ' | 'UN', text: string): Uint8Array {
  return vr === 'SQ'
    ? element(0x00081150, 'UI', text.repeat(2))
    : Buffer.concat([Buffer.from([8, 0, 0x50, 0x11, 2, 0, 0, 0]), Buffer.from(text.repeat(2))]);
}

describe('DataSet', () => {
  const dataSet = (...elements: Uint8Array[]) => parseDataSet(file(elements), 'a.dcm');

  it('gives numbers from text and from every binary representation', () => {
    const set = dataSet(
      element(0x00180081, 'DS', '4.5\\ 6 \\-1e2'),
      element(0x00189082, 'FD', Buffer.from(Float64Array.of(3.25).buffer)),
      element(0x00189087, 'FD', Buffer.from(Float64Array.of(1000).buffer)),
      us(0x00280010, 65_535),
      element(0x00280106, 'SS', Buffer.from(Int16Array.of(-7).buffer)),
      element(0x00409211, 'SS', Buffer.from(Int16Array.of(-8, 9).buffer)),
    );
    expect(set.numbers('EchoTime')).toEqual([4.5, 6, -100]);
    expect(set.number('EffectiveEchoTime')).toBe(3.25);
    expect(set.number('Rows')).toBe(65_535);
    expect(set.number('SmallestImagePixelValue')).toBe(-7);
    expect(set.numbers('(0040,9211)')).toEqual([-8, 9]);
    expect(set.number('RepetitionTime')).toBeUndefined();
    expect(set.keywords()).toEqual([
      'EchoTime',
      'EffectiveEchoTime',
      'DiffusionBValue',
      'Rows',
      'SmallestImagePixelValue',
      'RealWorldValueLastValueMapped',
    ]);
  });

  it.each([...nested('SQ'), ...nested('UN')])('gives the items of a sequence %s', (_name, sequence) => {
    const items = parseDataSet(file([sequence as Uint8Array, us(0x00280010, 5)]), 'a.dcm', { identifying: true });
    expect(items.items('ReferencedImageSequence').map((each) => each.text('ReferencedSOPClassUID'))).toEqual(['aa', 'bb']);
    expect(items.number('Rows')).toBe(5);
  });

  it('decodes texts in the character set of the file, in items too', () => {
    const set = dataSet(
      element(0x00080005, 'CS', 'ISO_IR 144'),
      element(0x0008103e, 'LO', Buffer.from([0xbb, 0xee, 0xda, 0xd0])),
      element(0x00081032, 'SQ', [item(element(0x00080104, 'LO', Buffer.from([0xbc, 0xd8, 0xe0, 0x20])))]),
    );
    expect(set.text('SeriesDescription')).toBe('Люка');
    expect(set.items('ProcedureCodeSequence')[0]!.text('CodeMeaning')).toBe('Мир');
  });

  it('finds private elements by their creator, wherever the block stands', () => {
    const elements = [element(0x00190011, 'LO', 'SIEMENS MR HEADER'), element(0x0019110c, 'IS', '1000')];
    const open = parseDataSet(file(elements), 'a.dcm', { identifying: true });
    const tag = open.privateTag(0x0019, 'SIEMENS MR HEADER', 0x0c);
    expect(tag).toBe('(0019,110c)');
    expect(open.number(tag!)).toBe(1000);
    expect(open.privateTag(0x0019, 'another', 0x0c)).toBeUndefined();
    expect(() => dataSet(...elements).number('(0019,110c)')).toThrow(/dicom-io\/identifying: a\.dcm.*private and may identify/);
  });

  it('leaves out what identifies a patient, unless it is asked for', () => {
    const elements = [element(0x00100010, 'PN', 'Doe^Jane'), element(0x00180081, 'DS', '4')];
    const closed = dataSet(...elements);
    expect(closed.keywords()).toEqual(['EchoTime']);
    expect(closed.has('PatientName')).toBe(true);
    for (const ask of ['text', 'texts', 'number', 'numbers', 'bytes', 'items'] as const) {
      expect(() => closed[ask]('PatientName')).toThrow(
        /dicom-io\/identifying: a\.dcm: PatientName identifies a patient\n {2}hint: .*identifying: true/,
      );
      expect(() => closed[ask]('PatientName')).not.toThrow('Jane');
    }
    expect(parseDataSet(file(elements), 'a.dcm', { identifying: true }).text('PatientName')).toBe('Doe^Jane');
  });

  it('helps with a keyword that is none', () => {
    expect(() => dataSet().text('EchoTimes')).toThrow(/dicom-io\/unknown-keyword(.|\n)*did you mean EchoTime/);
  });

  it('does not hand out pixels that it has not read', async () => {
    const folder = writeSlices([{}], newFolder());
    const set = await readDataSet(`${folder}/000.dcm`);
    expect(set.keywords()).not.toContain('PixelData');
    expect(() => set.bytes('PixelData')).toThrow(/dicom-io\/pixels-not-read(.|\n)*readImage/);
  });

  it('ends at ten thousand sequences within one another', () => {
    const depth = 10_000;
    const open = Buffer.concat([
      Buffer.from([0x40, 0, 0x75, 2, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff]),
    ]);
    const close = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
    const deep = Buffer.concat([...Array<Uint8Array>(depth).fill(open), ...Array<Uint8Array>(depth).fill(close)]);
    expect(() => dataSet(deep)).toThrow(/dicom-io\/malformed: a\.dcm: .*at element \(0040,0275\)/);
  });

  it('says what stands before the damage, where that is allowed', () => {
    const bytes = file([element(0x00180081, 'DS', '4'), element(0x00280030, 'DS', '1\\1', 400)]);
    expect(() => parseDataSet(bytes, 'a.dcm')).toThrow(
      /dicom-io\/malformed: a\.dcm: .*at element \(0028,0030\)(.|\n)*found a value of 400 bytes, 4 are left/,
    );
    const damaged = parseDataSet(bytes, 'a.dcm', { allowDamaged: true });
    expect(damaged.number('EchoTime')).toBe(4);
    expect(damaged.damage?.code).toBe('dicom-io/malformed');
  });
});
