/** Elements of any representation in explicit little endian, written out by hand: what the package's own writer never writes. */
export function element(tag: number, vr: string, value: string | Uint8Array | readonly Uint8Array[], length?: number): Uint8Array {
  const text = (characters: string) => Buffer.from(characters.length % 2 ? `${characters} ` : characters, 'latin1');
  const body = typeof value === 'string' ? text(value) : 'byteLength' in value ? value : Buffer.concat([...value]);
  const long = ['OB', 'OD', 'OF', 'OV', 'OW', 'SQ', 'UN', 'UT', 'UV'].includes(vr);
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (long) head.writeUInt32LE(length ?? body.length, 8);
  else head.writeUInt16LE(length ?? body.length, 6);
  return Buffer.concat([head, body]);
}

/** An item of a sequence, or a fragment. */
export function item(...body: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat([...body]);
  const head = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

/** An item, or a sequence, that ends at a delimiter. */
export const openItem = (...body: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Buffer.from([0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff]), ...body, Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0])]);
export const openSequence = (tag: number, vr: 'SQ' | 'UN' | 'OB', ...items: readonly Uint8Array[]): Uint8Array =>
  element(tag, vr, [...items, Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])], 0xffffffff);

/** A file of these elements, which stand behind its meta group as they are given. */
export function file(elements: readonly Uint8Array[], transferSyntax = '1.2.840.10008.1.2.1'): Uint8Array {
  const syntax = element(0x00020010, 'UI', transferSyntax.length % 2 ? `${transferSyntax}\0` : transferSyntax);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(syntax.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(0x00020000, 'UL', length), syntax, ...elements]);
}

/** A 16-bit number. */
export const us = (tag: number, value: number): Uint8Array => element(tag, 'US', Buffer.from(Uint16Array.of(value).buffer));

/** What describes pixels: elements of group 0028, in order. */
export function pixelDescription(format: {
  readonly samples?: number;
  readonly photometric?: string;
  readonly planar?: number;
  readonly frames?: number;
  readonly rows: number;
  readonly columns: number;
  readonly bits: number;
}): Uint8Array[] {
  return [
    us(0x00280002, format.samples ?? 1),
    element(0x00280004, 'CS', format.photometric ?? 'MONOCHROME2'),
    ...(format.planar === undefined ? [] : [us(0x00280006, format.planar)]),
    ...(format.frames === undefined ? [] : [element(0x00280008, 'IS', String(format.frames))]),
    us(0x00280010, format.rows),
    us(0x00280011, format.columns),
    us(0x00280100, format.bits),
    us(0x00280101, format.bits),
    us(0x00280102, format.bits - 1),
    us(0x00280103, 0),
  ];
}
