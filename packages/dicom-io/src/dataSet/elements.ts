import dicomParser, { type ByteArrayParser } from 'dicom-parser';
import { entryOfTag } from '../dictionary/dictionary.js';
import { decodeText, splitValues } from '../text/decodeText.js';
import { type Encoding, IMPLICIT_LITTLE } from './encoding.js';
import { endOfUndefinedLength } from './endOfUndefinedLength.js';
import { type Element, malformed, walkElements } from './walkElements.js';

/**
 * The elements of a data set, or of an item of a sequence, and typed ways to ask for their values, by tag as dicom-parser spells it (`x00280010`).
 * Nothing is decoded before it is asked for.
 */
export class Elements {
  private readonly parser: ByteArrayParser;
  private readonly characterSet: readonly string[];

  constructor(
    private readonly bytes: Uint8Array,
    private readonly encoding: Encoding,
    private readonly elements: ReadonlyMap<string, Element>,
    private readonly where: string,
    inheritedCharacterSet: readonly string[] = [],
    /** Of the first element, in the bytes that were walked. */
    readonly start = 0,
  ) {
    this.parser = encoding.littleEndian ? dicomParser.littleEndianByteArrayParser : dicomParser.bigEndianByteArrayParser;
    const own = elements.get(SPECIFIC_CHARACTER_SET);
    this.characterSet = own ? ascii(this.bytesOf(own)).split('\\') : inheritedCharacterSet;
  }

  /** The elements between two bytes. See {@link walkElements}. */
  static read(
    bytes: Uint8Array,
    start: number,
    end: number,
    encoding: Encoding,
    where: string,
    characterSet?: readonly string[],
  ): Elements {
    return new Elements(bytes, encoding, walkElements(bytes, start, end, encoding, where), where, characterSet, start);
  }

  /** In the order of the file. */
  tags(): string[] {
    return [...this.elements.keys()];
  }

  find(tag: string): Element | undefined {
    return this.elements.get(tag);
  }

  /** What the file says, else what the dictionary says: its first choice where it has several (`US or SS`). */
  vrOf(tag: string): string {
    return this.elements.get(tag)?.vr ?? entryOfTag(tag)?.vr.slice(0, 2) ?? 'UN';
  }

  /** The bytes of a value as they stand; a view. */
  value(tag: string): Uint8Array | undefined {
    const element = this.elements.get(tag);
    return element && this.bytesOf(element);
  }

  /** A text, trimmed, its values joined by backslashes as in the file; undefined where it is absent or empty. */
  text(tag: string): string | undefined {
    const value = this.value(tag);
    return value && (decodeText(value, this.characterSet, this.vrOf(tag)) || undefined);
  }

  /** The values of a text, each trimmed; none where it is absent or empty. */
  texts(tag: string): readonly string[] {
    const value = this.value(tag);
    return value && value.length > 0 ? splitValues(value, this.characterSet, this.vrOf(tag)) : [];
  }

  /** The numbers of an element, from text or binary; undefined where it is absent, empty, shorter than `count`, or one of them is no number. */
  numbers(tag: string, count = 1): readonly number[] | undefined {
    const element = this.elements.get(tag);
    if (!element) return undefined;
    const read = BINARY[this.vrOf(tag)];
    const value = this.bytesOf(element);
    const values = read
      ? Array.from({ length: Math.floor(value.length / read.size) }, (_, i) => read.at(this.parser, value, i * read.size))
      : ascii(value)
          .split('\\')
          .map((part) => (part.trim() ? Number(part) : NaN));
    return values.length >= count && values.every(Number.isFinite) ? values : undefined;
  }

  number(tag: string): number | undefined {
    return this.numbers(tag)?.[0];
  }

  /** A 16-bit integer without sign (US), whatever the file calls it. */
  uint16(tag: string): number | undefined {
    const value = this.value(tag);
    return value && value.length >= 2 ? this.parser.readUint16(value, 0) : undefined;
  }

  /**
   * The items of a sequence; none where it is absent.
   *
   * @throws `MgmtError` `dicom-io/malformed` where what is in it cannot be understood
   */
  items(tag: string): readonly Elements[] {
    const element = this.elements.get(tag);
    if (!element) return [];
    const inside = element.vr === undefined ? IMPLICIT_LITTLE : this.encoding;
    const end = Math.min(element.offset + element.length, this.bytes.length);
    return itemsBetween(this.bytes, element.offset, end, inside, this.where).map(([start, end]) =>
      Elements.read(this.bytes, start, end, inside, this.where, this.characterSet),
    );
  }

  private bytesOf({ offset, length }: Element): Uint8Array {
    return this.bytes.subarray(offset, offset + length);
  }
}

/** The bytes between which the items of a sequence lie. */
function itemsBetween(bytes: Uint8Array, start: number, end: number, encoding: Encoding, where: string): [number, number][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: [number, number][] = [];
  for (let at = start; at + 8 <= end;) {
    const element = view.getUint16(at + 2, encoding.littleEndian);
    const length = view.getUint32(at + 4, encoding.littleEndian);
    if (view.getUint16(at, encoding.littleEndian) !== 0xfffe) throw malformed(where, at, 'no item where one must be');
    if (element === 0xe0dd) break;
    const from = at + 8;
    const to = length === 0xffffffff ? endOfUndefinedLength(bytes, from, end, encoding, 'item') : from + length;
    if (element !== 0xe000 || to === undefined || to > end) throw malformed(where, at, 'an item without an end');
    items.push([from, to]);
    at = length === 0xffffffff ? to + 8 : to;
  }
  return items;
}

/** Numbers and codes are of the default repertoire in every character set. */
function ascii(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end--;
  return String.fromCharCode(...bytes.subarray(0, Math.min(end, LONGEST_NUMBERS)));
}

const BINARY: Readonly<Record<string, { readonly size: number; at(parser: ByteArrayParser, bytes: Uint8Array, offset: number): number }>> =
  {
    US: { size: 2, at: (parser, bytes, offset) => parser.readUint16(bytes, offset) },
    SS: { size: 2, at: (parser, bytes, offset) => parser.readInt16(bytes, offset) },
    UL: { size: 4, at: (parser, bytes, offset) => parser.readUint32(bytes, offset) },
    SL: { size: 4, at: (parser, bytes, offset) => parser.readInt32(bytes, offset) },
    FL: { size: 4, at: (parser, bytes, offset) => parser.readFloat(bytes, offset) },
    FD: { size: 8, at: (parser, bytes, offset) => parser.readDouble(bytes, offset) },
  };

const SPECIFIC_CHARACTER_SET = 'x00080005';
/** Numbers in text are few; a grid's offsets may be thousands. */
const LONGEST_NUMBERS = 65_536;
