import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import fc from 'fast-check';
import { decodeText, splitValues } from '../../src/text/decodeText.js';

interface Golden {
  readonly texts: readonly {
    readonly name: string;
    readonly characterSets: readonly string[];
    readonly vr: string;
    readonly bytes: string;
    readonly values: readonly string[];
  }[];
  readonly files: readonly { readonly file: string; readonly patientName: string }[];
}

const golden = JSON.parse(readFileSync(new URL('../golden/characterSets.json', import.meta.url), 'utf8')) as Golden; // pydicom 3.0.2, tools/golden/dicom_character_sets.py
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const NUMBERS = [6, 13, 58, 87, 100, 101, 109, 110, 126, 127, 138, 144, 148, 149, 159, 166, 192, 203];
const KNOWN = [...NUMBERS.flatMap((n) => [`ISO_IR ${n}`, `ISO 2022 IR ${n}`]), '', 'GB18030', 'GBK', 'ISO 2022 GBK', 'ISO 2022 58'];
const characterSets = fc.array(fc.oneof(fc.constantFrom(...KNOWN), fc.string()), { maxLength: 3 });
const vrs = fc.constantFrom('PN', 'LO', 'SH', 'LT', 'ST', 'UC', 'UT', 'UR', 'CS', 'UI', 'AE', '');
const pieces = fc.oneof(
  fc.uint8Array({ maxLength: 8 }),
  fc.constantFrom(...['(B', '(J', ')I', '-A', '-L', '$B', '$(D', '$)A', '$)C', '$)', '['].map((end) => bytesOf(`\x1b${end}`))),
);
const anyBytes = fc.array(pieces, { maxLength: 8 }).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe('decodeText', () => {
  it.each(golden.texts)('equals pydicom: $name', ({ bytes, characterSets: sets, vr, values }) => {
    const value = Uint8Array.from(Buffer.from(bytes, 'base64'));
    expect(splitValues(value, sets, vr)).toEqual(values);
    expect(decodeText(value, sets, vr)).toBe(values.join('\\'));
  });

  it.each(['iso_ir_192', 'ISO_IR_192', 'ISO_IR192', ' ISO_IR 192 ', 'ISO-IR-192', 'utf-8', 'ISO 2022 IR 192'])(
    'understands the misspelling %p',
    (name) => expect(decodeText(bytesOf('J\xc3\xa9'), [name], 'LO')).toBe('Jé'),
  );

  it.each(['GBK', 'gb 18030', 'ISO 2022 GBK', 'ISO 2022 58'])('understands the name %p', (name) =>
    expect(decodeText(bytesOf('\xc8\xcb'), [name], 'LO')).toBe('人'),
  );

  it('reads a backslash as the sign of yen, and a tilde as an overline, where JIS X 0201 has those: PS3.3 table C.12-2', () => {
    expect(decodeText(bytesOf('\\~\xb1'), ['ISO_IR 13'], 'ST')).toBe('¥‾ｱ');
    expect(splitValues(bytesOf('a\\b'), ['ISO_IR 13'], 'LO')).toEqual(['a', 'b']);
    expect(decodeText(bytesOf('~\x1b(B~\x1b(J~'), ['ISO 2022 IR 13'], 'ST')).toBe('‾~‾');
  });

  it.each([
    ['a caret of a name', 'PN', '^'],
    ['an equals sign of a name', 'PN', '='],
    ['a backslash', 'LO', '\\'],
    ['a tab', 'LT', '\t'],
    ['a form feed', 'UT', '\f'],
    ['a carriage return', 'ST', '\r'],
    ['a line feed', 'ST', '\n'],
  ])('is of the first character set again behind %s', (_name, vr, delimiter) => {
    const value = bytesOf(`\x1b-L\xbb${delimiter}\xe9`);
    expect(decodeText(value, ['ISO 2022 IR 100', 'ISO 2022 IR 144'], vr)).toBe(`Л${delimiter}é`);
  });

  it.each([
    ['a caret where it is no name', 'LO', '^'],
    ['a backslash where it separates nothing', 'LT', '\\'],
  ])('stays in its character set behind %s', (_name, vr, letter) => {
    const value = bytesOf(`\x1b-L\xbb${letter}\xbb`);
    expect(decodeText(value, ['ISO 2022 IR 100', 'ISO 2022 IR 144'], vr)).toBe(`Л${letter}Л`);
  });

  it('takes no byte of a Kanji for a delimiter', () => {
    expect(decodeText(bytesOf('\x1b$B=\\^=\x1b(B=b'), ['', 'ISO 2022 IR 87'], 'PN')).toBe('旬渊=b'); // 3D 5C, and 5E 3D
    expect(splitValues(bytesOf('\x83\x5c\\a'), ['ISO_IR 13'], 'LO')).toEqual(['ソ', 'a']);
  });

  it('separates nothing within a Kanji', () => {
    expect(splitValues(bytesOf('\x1b$B\\!\x1b(B\\b'), ['', 'ISO 2022 IR 87'], 'LO')).toEqual(['棔', 'b']); // 5C 21
  });

  it('ends Kanji at a line end, though the escape sequence back is missing', () => {
    expect(decodeText(bytesOf('\x1b$B;3\r\nbc'), ['', 'ISO 2022 IR 87'], 'LT')).toBe('山\r\nbc');
  });

  it('knows Latin alphabet 9, which pydicom does not: PS3.3 table C.12-2', () => {
    expect(decodeText(bytesOf('\xa4\xe9'), ['ISO_IR 203'], 'LO')).toBe('€é');
    expect(decodeText(bytesOf('\xa4\x1b-b\xa4'), ['ISO 2022 IR 100', 'ISO 2022 IR 203'], 'LO')).toBe('¤€');
  });

  it('designates the lower and the upper half apart', () => {
    expect(decodeText(bytesOf('\x1b-L\x1b(J~\xbb'), ['ISO 2022 IR 100'], 'LO')).toBe('‾Л');
  });

  it('decodes characters of JIS X 0208 as the Unicode Consortium does, not as Microsoft', () => {
    expect(decodeText(bytesOf('\x1b$B!A!B!]!q!r"L\x1b(B'), ['', 'ISO 2022 IR 87'], 'LO')).toBe('〜‖−¢£¬');
  });

  it.each([
    ['UTF-8', 'ISO_IR 192', 'a\xe9\xffb\xc3', 'a��b�'],
    ['UTF-8, a lost continuation', 'ISO_IR 192', '\xf0\x9f\x98b', '���b'],
    ['UTF-8, cut short', 'ISO_IR 192', 'a\xf0\x9f\x98', 'a���'],
    ['a pair that KS X 1001 has not', 'ISO 2022 IR 149', '\xad\xa1', '��'],
    ['GB 18030', 'GB18030', 'a\x80\xff\x81\x30b', 'a���0b'],
    ['KS X 1001', 'ISO 2022 IR 149', 'a\xb1b\xff', 'a�b�'],
    ['GB 2312', 'ISO 2022 IR 58', 'a\xb0b', 'a�b'],
    ['Shift_JIS', 'ISO_IR 13', 'a\x81 \xa0', 'a� �'],
    ['JIS X 0208', 'ISO 2022 IR 87', '\x1b$B;3E\x1b(Bb', '山�b'],
    ['JIS X 0208, none announced', 'ISO 2022 IR 87', 'a\xb1b', 'a�b'],
    ['JIS X 0212, none announced', 'ISO 2022 IR 159', 'a\xb1b', 'a�b'],
    ['Shift_JIS, bytes of no pair', 'ISO_IR 13', '\xa0a\x80a\xffa', '�a�a�a'],
    ['Arabic', 'ISO_IR 127', '\xa1\xc7', '�ا'],
    ['Thai', 'ISO_IR 166', '\xdb\xa1', '�ก'],
  ])('tells each byte that cannot be decoded as U+FFFD: %s', (_name, set, bytes, text) => {
    expect(decodeText(bytesOf(bytes), [set], 'LT')).toBe(text);
  });

  it('keeps a replacement character, and a byte order mark, that the text itself has', () => {
    expect(decodeText(new TextEncoder().encode('\ufeffa\ufffdb'), ['ISO_IR 192'], 'LO')).toBe('\ufeffa\ufffdb');
  });

  it('leaves an unknown escape sequence as it stands', () => {
    expect(decodeText(bytesOf('a\x1b[b'), ['ISO 2022 IR 100'], 'LO')).toBe('a\x1b[b');
    expect(decodeText(bytesOf('a\x1b-Lb'), ['ISO_IR 192'], 'LO')).toBe('a\x1b-Lb');
  });

  it.each([
    ['LO', ' a ', 'a'],
    ['CS', ' A ', 'A'],
    ['DS', ' 1 \\ 2', '1\\2'],
    ['AE', ' A\0', 'A'],
    ['LT', ' a ', ' a'],
    ['UC', ' a ', ' a'],
    ['UI', '1.2\0', '1.2'],
    ['PN', ' a^b ', ' a^b'],
    ['PN', 'a^b== \\c^d=', 'a^b\\c^d'],
  ])('drops the padding of %s: %p', (vr, text, expected) => {
    expect(decodeText(bytesOf(text), [], vr)).toBe(expected);
  });

  it('reads ASCII as it stands, whatever the character set', () => {
    const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7d }).map((code) => String.fromCharCode(code)) });
    const first = fc.oneof(fc.constantFrom(...KNOWN), fc.string());
    fc.assert(
      fc.property(ascii, first, (text, set) => {
        const expected = `a${text.replaceAll('\\', '')}b`;
        expect(decodeText(bytesOf(expected), [set], 'UT')).toBe(expected);
      }),
    );
    for (const set of KNOWN.filter((name) => !name.endsWith(' 13'))) expect(decodeText(bytesOf('\\~'), [set], 'UT')).toBe('\\~');
  });

  it('ends on any bytes and any character sets with a text, of no more characters than there are bytes', () => {
    fc.assert(
      fc.property(anyBytes, characterSets, vrs, (bytes, sets, vr) => {
        expect([...decodeText(bytes, sets, vr)].length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('splitValues', () => {
  it('gives no value where there is none, and empty ones between delimiters', () => {
    expect(splitValues(bytesOf(''), [], 'LO')).toEqual([]);
    expect(splitValues(bytesOf('  '), [], 'LO')).toEqual([]);
    expect(splitValues(bytesOf('\\a\\ '), [], 'LO')).toEqual(['', 'a', '']);
  });

  it.each(['ST', 'LT', 'UT', 'UR'])('does not split %s', (vr) => {
    expect(splitValues(bytesOf('a\\b'), [], vr)).toEqual(['a\\b']);
  });
});

const folder = join(process.env.MGMT_SHARED_DATA ?? '', 'real/charset');

(process.env.MGMT_SHARED_DATA ? describe : describe.skip)('real files (need MGMT_SHARED_DATA)', () => {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.dcm')) : [];

  it('are all known', () => expect(files.filter((name) => !golden.files.some(({ file }) => file === name))).toEqual([]));

  it.each(golden.files.filter(({ file }) => files.includes(file)))('read as pydicom reads them: $file', ({ file, patientName }) => {
    const bytes = new Uint8Array(readFileSync(join(folder, file)));
    const { elements } = dicomParser.parseDicom(bytes);
    const value = (tag: string) => bytes.subarray(elements[tag]!.dataOffset, elements[tag]!.dataOffset + elements[tag]!.length);
    expect(decodeText(value('x00100010'), splitValues(value('x00080005'), [], 'CS'), 'PN')).toBe(patientName);
  });
});
