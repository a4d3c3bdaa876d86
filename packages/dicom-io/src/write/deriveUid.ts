import { createHash } from 'node:crypto';

/**
 * A unique identifier that depends on nothing but the given texts: `2.25.` and the decimal form of a 128-bit UUID (version 8) made of their hash.
 *
 * @param parts - what the thing is, most general first; equal parts give equal identifiers on every machine
 * @returns at most 44 characters
 * @remarks DICOM PS3.5 annex B.2; RFC 9562 section 5.8.
 * @example
 * deriveUid('study', '00042'); // '2.25.287466321279811018773939450183850228621'
 */
export function deriveUid(...parts: readonly (string | number)[]): string {
  const uuid = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  uuid[6] = (uuid[6]! & 0x0f) | 0x80;
  uuid[8] = (uuid[8]! & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${uuid.toString('hex')}`)}`;
}
