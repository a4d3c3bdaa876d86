import type { Encoding } from './encoding.js';

/**
 * Where a sequence, or an item, of undefined length ends: the offset of its delimiter, found by walking what is in it, nested sequences too. Depth is a
 * number here, not a call, so that nothing overflows; every step goes forward, so that nothing loops.
 *
 * @param start - of the value
 * @returns undefined where the bytes end first or no item stands where one must
 */
export function endOfUndefinedLength(
  bytes: Uint8Array,
  start: number,
  end: number,
  { explicit, littleEndian }: Encoding,
  what: 'sequence' | 'item',
): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const levels = [(what === 'sequence' ? IN_SEQUENCE : 0) | (explicit ? 0 : IMPLICIT)];
  let at = start;
  while (at + 8 <= end) {
    const level = levels.at(-1)!;
    const little = littleEndian || (level & IMPLICIT) !== 0;
    const group = view.getUint16(at, little);
    const element = view.getUint16(at + 2, little);
    if (group === DELIMITERS) {
      const length = view.getUint32(at + 4, little);
      if (element === SEQUENCE_END && level & IN_SEQUENCE) {
        levels.pop();
        if (levels.length === 0) return at;
        at += 8;
      } else if (element === ITEM_END && !(level & IN_SEQUENCE)) {
        levels.pop();
        if (levels.length === 0) return at;
        at += 8;
      } else if (element === ITEM && level & IN_SEQUENCE) {
        at += 8;
        if (length === UNDEFINED) levels.push(level & ~IN_SEQUENCE);
        else at += length;
      } else return undefined;
      continue;
    }
    if (level & IN_SEQUENCE) return undefined;
    let length: number;
    let inner = level;
    if (level & IMPLICIT) {
      length = view.getUint32(at + 4, little);
      at += 8;
    } else {
      const vr = String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!);
      if (LONG.has(vr)) {
        if (at + 12 > end) return undefined;
        length = view.getUint32(at + 8, little);
        at += 12;
        if (vr === 'UN') inner = level | IMPLICIT; // DICOM PS3.5 section 6.2.2
      } else {
        length = view.getUint16(at + 6, little);
        at += 8;
      }
    }
    if (length === UNDEFINED) levels.push(inner | IN_SEQUENCE);
    else at += length;
    if (levels.length > DEEPEST) return undefined;
  }
  return undefined;
}

/** Representations whose length has four bytes. DICOM PS3.5 section 7.1.2. */
const LONG: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

const IN_SEQUENCE = 1;
const IMPLICIT = 2;
const UNDEFINED = 0xffffffff;
const DELIMITERS = 0xfffe;
const ITEM = 0xe000;
const ITEM_END = 0xe00d;
const SEQUENCE_END = 0xe0dd;
/** Far beyond any object of the standard, whose structured reports nest some twenty deep. */
const DEEPEST = 1_000;
