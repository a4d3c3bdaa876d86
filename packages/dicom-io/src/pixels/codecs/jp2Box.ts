import { badCodestream } from './refusals.js';

/**
 * The codestream inside a JP2 file. DICOM wants it bare, yet some writers leave the boxes around it; what they say of colors is ignored, since the data
 * set says it too. ITU-T T.800 annex I.
 *
 * @returns the frame itself where it has no boxes
 * @throws `MgmtError` `dicom-io/bad-codestream`
 */
export function unbox(frame: Uint8Array, where: string): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.byteLength < 12 || view.getUint32(4) !== SIGNATURE_BOX) return frame;
  for (let at = 0; at + 8 <= view.byteLength;) {
    const [length, type] = [view.getUint32(at), view.getUint32(at + 4)];
    const long = length === 1 && at + 16 <= view.byteLength;
    const size = long ? Number(view.getBigUint64(at + 8)) : length;
    const end = size === 0 ? view.byteLength : at + size; // 0: up to the end of the file
    const body = at + (long ? 16 : 8);
    if (end < body || end > view.byteLength) break;
    if (type === CODESTREAM_BOX) return frame.subarray(body, end);
    at = end;
  }
  throw badCodestream(where, 'the JP2 boxes hold no whole codestream');
}

const SIGNATURE_BOX = 0x6a502020; // 'jP  '
const CODESTREAM_BOX = 0x6a703263; // 'jp2c'
