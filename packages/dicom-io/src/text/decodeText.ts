import { characterSetOf, type CodeElements, DEFAULT_REPERTOIRE, designationAt } from './characterSets.js';

/**
 * The text of an element, as its bytes and the data set's character set say. Never throws: an unknown character set is read as Latin-1,
 * and each byte that cannot be decoded becomes U+FFFD.
 *
 * @param bytes - the element's value
 * @param specificCharacterSet - (0008,0005) of the data set or of the sequence item around it, value by value; empty where there is none
 * @param vr - decides whether the character set applies, what resets it, whether a backslash separates values, and what padding is
 * @returns the values, joined by a backslash, without their padding
 * @remarks DICOM PS3.5 sections 6.1.2 and 6.2, PS3.3 section C.12.1.1.2.
 */
export function decodeText(bytes: Uint8Array, specificCharacterSet: readonly string[], vr: string): string {
  return splitValues(bytes, specificCharacterSet, vr).join('\\');
}

/**
 * The values of an element, told as `decodeText` tells them: none where it is empty, one for ST, LT, UT and UR, which a backslash does not
 * separate. The byte of a backslash within a character of two bytes separates nothing.
 */
export function splitValues(bytes: Uint8Array, specificCharacterSet: readonly string[], vr: string): string[] {
  const initial = TRANSLATED.has(vr) ? characterSetOf(specificCharacterSet) : DEFAULT_REPERTOIRE;
  const resets = vr === 'PN' ? [...LINE_ENDS, CARET, EQUALS] : LINE_ENDS;
  const values = [''];
  let active: CodeElements = initial;
  for (let at = 0; at < bytes.length;) {
    const escape = initial.extensible ? designationAt(bytes, at) : undefined;
    if (escape) {
      active = { ...active, ...escape.designates };
      at += escape.length;
      continue;
    }
    const byte = bytes[at]!;
    const { text, length } = (byte < 0x80 ? active.g0 : active.g1)(bytes, at);
    at += length;
    const separates = length === 1 && byte === BACKSLASH && !ONE_VALUE.has(vr);
    if (separates) values.push('');
    else values[values.length - 1] += text;
    if (separates || (length === 1 && resets.includes(byte))) active = initial;
  }
  const [first, ...others] = values.map((value) => withoutPadding(value, vr)) as [string, ...string[]];
  return others.length === 0 && first === '' ? [] : [first, ...others];
}

/**
 * Spaces, and the zero bytes that UI is padded with and others are by mistake; after a name also the delimiters of component groups that
 * it has not. Leading spaces belong to a longer text. PS3.5 sections 6.2 and 6.2.1.1.
 */
function withoutPadding(value: string, vr: string): string {
  const padding = vr === 'PN' ? ' \0=' : ' \0';
  let [start, end] = [0, value.length];
  while (end > 0 && padding.includes(value[end - 1]!)) end--;
  if (PADDED_BEFORE.has(vr)) while (start < end && value[start] === ' ') start++;
  return value.slice(start, end);
}

/** Specific Character Set is for these; the others are of the default repertoire. PS3.5 section 6.1.2.3. */
const TRANSLATED: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
/** A backslash is a character like others. PS3.5 section 6.2. */
const ONE_VALUE: ReadonlySet<string> = new Set(['LT', 'ST', 'UR', 'UT']);
/** Leading spaces mean nothing. PS3.5 section 6.2. */
const PADDED_BEFORE: ReadonlySet<string> = new Set(['AE', 'CS', 'DS', 'IS', 'LO', 'SH']);

/** Tab, line feed, form feed, carriage return: before them the first character set is active again. PS3.5 section 6.1.2.5.3. */
const LINE_ENDS = [0x09, 0x0a, 0x0c, 0x0d];
const BACKSLASH = 0x5c;
const CARET = 0x5e;
const EQUALS = 0x3d;
