import { MgmtError } from '@mgmt/core';
import dicomParser, { type ByteStream } from 'dicom-parser';
import { type Encoding, IMPLICIT_LITTLE } from './encoding.js';
import { endOfUndefinedLength } from './endOfUndefinedLength.js';

/** One data element, its value not yet looked at. */
export interface Element {
  /** As dicom-parser spells it: `x7fe00010`. */
  readonly tag: string;
  /** Undefined in implicit encoding, and where the file says `UN`. */
  readonly vr: string | undefined;
  /** Of the value, in the bytes that were walked. */
  readonly offset: number;
  /** Of the value; of an undefined length, up to the delimiter that ends it. */
  readonly length: number;
  /** Ends at a delimiter: encapsulated pixel data, and sequences that do not tell their length. */
  readonly undefinedLength: boolean;
}

/**
 * The elements between two bytes, by tag, until the pixel data: their element is the last, and neither its value nor its end needs to be there.
 *
 * dicom-parser reads the elements one by one; the walk over them is ours. It descends into nothing, so that no nesting is too deep and a sequence costs
 * nothing until it is asked for, and every element must end where its parent does or before.
 *
 * @param where - the path, for errors
 * @param onDamage - takes the error instead of a throw; the elements before the damage are then returned
 * @throws `MgmtError` `dicom-io/malformed` with tag and byte
 */
export function walkElements(
  bytes: Uint8Array,
  start: number,
  end: number,
  encoding: Encoding,
  where: string,
  onDamage?: OnDamage,
): Map<string, Element> {
  const elements = new Map<string, Element>();
  try {
    walk(bytes, start, end, encoding, where, elements);
  } catch (error) {
    if (!onDamage || !(error instanceof MgmtError)) throw error;
    onDamage(error);
  }
  return elements;
}

/** Told of the first thing that cannot be understood. */
export type OnDamage = (error: MgmtError) => void;

function walk(bytes: Uint8Array, start: number, end: number, encoding: Encoding, where: string, elements: Map<string, Element>): void {
  if (start >= end) return;
  const stream = new dicomParser.ByteStream(
    encoding.littleEndian ? dicomParser.littleEndianByteArrayParser : dicomParser.bigEndianByteArrayParser,
    bytes,
    start,
  );
  while (stream.position < end) {
    const at = stream.position;
    if (end - at < 8) {
      if (isPadding(bytes, at, end)) break;
      throw malformed(where, at, 'the file ends in the middle of an element');
    }
    const element = readElement(stream, encoding, where, end);
    elements.set(element.tag, element);
    if (PIXEL_TAGS.has(element.tag)) break;
    if (elements.size > MOST_ELEMENTS) throw malformed(where, at, `more than ${MOST_ELEMENTS} elements`);
    stream.position = element.offset + element.length + (element.undefinedLength ? 8 : 0);
  }
}

/** The error of bytes that are no data set, with the place. */
export function malformed(where: string, byte: number, found: string, tag?: string): MgmtError {
  return new MgmtError(`the DICOM data set cannot be understood after byte ${byte}${tag ? `, at element ${spellTag(tag)}` : ''}`, {
    code: 'dicom-io/malformed',
    where,
    expected: 'whole elements',
    found,
    hint: 'the file is damaged or was cut short; fetch it again',
  });
}

/** `x00280010` as people write it: `(0028,0010)`. */
export const spellTag = (tag: string): string => `(${tag.slice(1, 5)},${tag.slice(5)})`;

/** Pixel Data. */
export const PIXEL_DATA = 'x7fe00010';
/** Float Pixel Data. */
export const FLOAT_PIXEL_DATA = 'x7fe00008';
/** Double Float Pixel Data. */
export const DOUBLE_PIXEL_DATA = 'x7fe00009';

/** Elements whose value is not looked at here, and need not be there. */
export const PIXEL_TAGS: ReadonlySet<string> = new Set([PIXEL_DATA, FLOAT_PIXEL_DATA, DOUBLE_PIXEL_DATA]);

function readElement(stream: ByteStream, encoding: Encoding, where: string, end: number): Element {
  const at = stream.position;
  let tag: string | undefined;
  try {
    tag = dicomParser.readTag(stream);
    stream.position = at;
    // told to stop at the element's own tag, dicom-parser reads its head alone
    const { vr, length, dataOffset } = encoding.explicit ? readExplicit(stream, tag) : dicomParser.readDicomElementImplicit(stream, tag);
    if (tag.startsWith('xfffe')) throw malformed(where, at, 'a delimiter that ends nothing', tag);
    const undefinedLength = length === UNDEFINED;
    const known = vr === 'UN' || vr === undefined ? undefined : vr;
    if (PIXEL_TAGS.has(tag)) return { tag, vr: known, offset: dataOffset, length: undefinedLength ? 0 : length, undefinedLength };
    if (known !== undefined && !/^[A-Z]{2}$/.test(known)) throw malformed(where, at, 'a value representation that is none', tag);
    const inside = vr === 'UN' ? IMPLICIT_LITTLE : encoding;
    const valueEnd = undefinedLength ? endOfUndefinedLength(stream.byteArray, dataOffset, end, inside, 'sequence') : dataOffset + length;
    if (valueEnd === undefined) throw malformed(where, at, 'a value without an end', tag);
    if (valueEnd > end) throw malformed(where, at, `a value of ${length} bytes, ${Math.max(0, end - dataOffset)} are left`, tag);
    return { tag, vr: known, offset: dataOffset, length: valueEnd - dataOffset, undefinedLength };
  } catch (thrown) {
    if (thrown instanceof MgmtError) throw thrown;
    throw malformed(where, at, 'the head of an element, cut short', tag); // dicom-parser throws strings
  }
}

/** dicom-parser knows nothing of the three representations of 64-bit integers (PS3.5 2019), whose length has four bytes, as that of `OB`. */
function readExplicit(stream: ByteStream, tag: string) {
  const at = stream.position;
  const element = dicomParser.readDicomElementExplicit(stream, stream.warnings, tag);
  if (element.vr !== 'OV' && element.vr !== 'SV' && element.vr !== 'UV') return element;
  return { ...element, length: stream.byteArrayParser.readUint32(stream.byteArray, at + 8), dataOffset: at + 12 };
}

/** Zeros behind the last element: some writers fill up their last block. */
function isPadding(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes.subarray(start, end).every((byte) => byte === 0);
}

const UNDEFINED = 0xffffffff;
const MOST_ELEMENTS = 65_536;
