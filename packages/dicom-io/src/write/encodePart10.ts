import { deriveUid } from './deriveUid.js';

/** The value representations that the writer knows. */
export type WrittenVr = 'CS' | 'DA' | 'DS' | 'IS' | 'LO' | 'OB' | 'OW' | 'PN' | 'SH' | 'TM' | 'UI' | 'UL' | 'US';

/** One data element: `0xGGGGEEEE`, its representation, and its value. A text's parts are joined by a backslash beforehand; US and UL take one number. */
export type WrittenElement = readonly [tag: number, vr: WrittenVr, value: string | number | Uint8Array];

/**
 * The bytes of a DICOM file in explicit little endian: preamble, file meta group, data set.
 *
 * @param dataSet - in ascending order of tags, with SOP class and instance UID (0008,0016) and (0008,0018)
 * @remarks DICOM PS3.10 section 7.1, PS3.5 section 7.1.2. Values of odd length are padded: UI with a zero byte, texts with a space.
 */
export function encodePart10(dataSet: readonly WrittenElement[]): Uint8Array {
  const text = (tag: number) => String(dataSet.find((element) => element[0] === tag)?.[2] ?? '');
  const meta = encodeElements([
    [0x00020001, 'OB', Uint8Array.of(0, 1)],
    [0x00020002, 'UI', text(0x00080016)],
    [0x00020003, 'UI', text(0x00080018)],
    [0x00020010, 'UI', EXPLICIT_LITTLE_ENDIAN],
    [0x00020012, 'UI', IMPLEMENTATION_CLASS],
    [0x00020013, 'SH', 'MGMT_DICOM_IO'],
  ]);
  const preamble = new Uint8Array(132);
  preamble.set(encoder.encode('DICM'), 128);
  return Buffer.concat([preamble, encodeElements([[0x00020000, 'UL', meta.length]]), meta, encodeElements(dataSet)]);
}

function encodeElements(elements: readonly WrittenElement[]): Uint8Array {
  return Buffer.concat(
    elements.flatMap(([tag, vr, value]) => {
      const bytes = encodeValue(vr, value);
      const long = vr === 'OB' || vr === 'OW';
      const header = new DataView(new ArrayBuffer(long ? 12 : 8));
      header.setUint16(0, tag >>> 16, true);
      header.setUint16(2, tag & 0xffff, true);
      header.setUint8(4, vr.charCodeAt(0));
      header.setUint8(5, vr.charCodeAt(1));
      if (long) header.setUint32(8, bytes.length, true);
      else header.setUint16(6, bytes.length, true);
      return [new Uint8Array(header.buffer), bytes];
    }),
  );
}

function encodeValue(vr: WrittenVr, value: string | number | Uint8Array): Uint8Array {
  if (typeof value === 'number') {
    const bytes = new DataView(new ArrayBuffer(vr === 'UL' ? 4 : 2));
    if (vr === 'UL') bytes.setUint32(0, value, true);
    else bytes.setUint16(0, value, true);
    return new Uint8Array(bytes.buffer);
  }
  const bytes = typeof value === 'string' ? encoder.encode(value) : value;
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  padded[bytes.length] = vr === 'UI' || vr === 'OB' || vr === 'OW' ? 0 : 0x20;
  return padded;
}

const encoder = new TextEncoder();
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const IMPLEMENTATION_CLASS = deriveUid('@mgmt/dicom-io');
