import {
  type CodedSet,
  gb18030,
  gb2312,
  jisX0208,
  jisX0212,
  katakana,
  ksX1001,
  latin1,
  romaji,
  singleByte,
  undesignated,
  utf8,
} from './codedSets.js';

/** What bytes mean at some place of a text: those below 0x80 by G0, the others by G1. ISO/IEC 2022. */
export interface CodeElements {
  readonly g0: CodedSet;
  readonly g1: CodedSet;
}

/** A value of Specific Character Set (0008,0005): what bytes mean at the beginning of a text, and after a delimiter. */
export interface CharacterSet extends CodeElements {
  /** Whether escape sequences designate others. */
  readonly extensible: boolean;
}

/** The default repertoire, ISO-IR 6. Bytes above it should not occur; where they do, they are mostly Latin-1. */
export const DEFAULT_REPERTOIRE: CharacterSet = { g0: latin1, g1: latin1, extensible: true };

/**
 * The character set that texts begin with: the first value of Specific Character Set. The others only announce escape sequences; those
 * are followed where they occur.
 *
 * @param specificCharacterSet - (0008,0005), value by value. Case, spaces and punctuation do not matter (`ISO-IR 100`, `iso_ir_192`); an
 * empty or unknown first value is the default repertoire.
 * @remarks DICOM PS3.3 section C.12.1.1.2, tables C.12-2 to C.12-5.
 */
export function characterSetOf(specificCharacterSet: readonly string[]): CharacterSet {
  const name = (specificCharacterSet[0] ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '');
  const registration = /^ISO(?:2022)?(?:IR)?(\d+|GBK)$/.exec(name)?.[1];
  return CHARACTER_SETS.get(registration ?? name) ?? DEFAULT_REPERTOIRE;
}

/**
 * The escape sequence at `at`, if a known one begins there: how long it is and what it designates.
 *
 * @remarks DICOM PS3.3 tables C.12-3 and C.12-4. That a file announced it is not asked.
 */
export function designationAt(
  bytes: Uint8Array,
  at: number,
): { readonly length: number; readonly designates: Partial<CodeElements> } | undefined {
  if (bytes[at] !== ESCAPE) return undefined;
  for (const length of [3, 4]) {
    const designates = DESIGNATIONS.get(String.fromCharCode(...bytes.subarray(at + 1, at + length)));
    if (designates) return { length, designates };
  }
  return undefined;
}

const ESCAPE = 0x1b;

const latin2 = singleByte('iso-8859-2');
const latin3 = singleByte('iso-8859-3');
const latin4 = singleByte('iso-8859-4');
const latin5 = singleByte('iso-8859-9');
const latin9 = singleByte('iso-8859-15');
const cyrillic = singleByte('iso-8859-5');
const arabic = singleByte('iso-8859-6');
const greek = singleByte('iso-8859-7');
const hebrew = singleByte('iso-8859-8');
const thai = singleByte('iso-8859-11');

const above = (g1: CodedSet): CharacterSet => ({ g0: latin1, g1, extensible: true });
const alone = (set: CodedSet): CharacterSet => ({ g0: set, g1: set, extensible: false });

/** By the registration number of the set that ISO-IR gave it, or by name. Kanji is designated by escape sequences only. */
const CHARACTER_SETS: ReadonlyMap<string, CharacterSet> = new Map([
  ['6', DEFAULT_REPERTOIRE],
  ['13', { g0: romaji, g1: katakana, extensible: true }],
  ['58', above(gb2312)],
  ['87', above(undesignated)],
  ['100', above(latin1)],
  ['101', above(latin2)],
  ['109', above(latin3)],
  ['110', above(latin4)],
  ['126', above(greek)],
  ['127', above(arabic)],
  ['138', above(hebrew)],
  ['144', above(cyrillic)],
  ['148', above(latin5)],
  ['149', above(ksX1001)],
  ['159', above(undesignated)],
  ['166', above(thai)],
  ['203', above(latin9)],
  ['192', alone(utf8)],
  ['UTF8', alone(utf8)],
  ['GB18030', alone(gb18030)],
  ['GBK', alone(gb18030)],
]);

const DESIGNATIONS: ReadonlyMap<string, Partial<CodeElements>> = new Map<string, Partial<CodeElements>>([
  ['(B', { g0: latin1 }],
  ['(J', { g0: romaji }],
  [')I', { g1: katakana }],
  ['-A', { g1: latin1 }],
  ['-B', { g1: latin2 }],
  ['-C', { g1: latin3 }],
  ['-D', { g1: latin4 }],
  ['-F', { g1: greek }],
  ['-G', { g1: arabic }],
  ['-H', { g1: hebrew }],
  ['-L', { g1: cyrillic }],
  ['-M', { g1: latin5 }],
  ['-T', { g1: thai }],
  ['-b', { g1: latin9 }],
  ['$B', { g0: jisX0208 }],
  ['$(D', { g0: jisX0212 }],
  ['$)A', { g1: gb2312 }],
  ['$)C', { g1: ksX1001 }],
]);
