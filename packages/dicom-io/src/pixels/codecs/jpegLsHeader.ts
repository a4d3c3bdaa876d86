import { badCodestream, unsupportedCodestream, type CodedImage } from './refusals.js';

/** What a JPEG-LS codestream says before its first scan. */
export interface JpegLsHeader extends CodedImage {
  /** By how much a sample may be wrong; 0 is lossless. */
  readonly near: number;
  /** The components come one after the other, not pixel by pixel. */
  readonly planar: boolean;
  /** Behind the end-of-image marker. */
  readonly end: number;
}

const [START_OF_IMAGE, END_OF_IMAGE, START_OF_FRAME, START_OF_SCAN, PARAMETERS] = [0xffd8, 0xffd9, 0xfff7, 0xffda, 0xfff8];

/**
 * Reads the markers of a JPEG-LS codestream up to its scan, and finds its end. ITU-T T.87 annex C.
 *
 * @throws `MgmtError` `dicom-io/bad-codestream`, `dicom-io/unsupported-codestream`
 */
export function parseJpegLs(codestream: Uint8Array, where: string): JpegLsHeader {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.byteLength);
  const bad = (sentence: string, found?: string) => badCodestream(where, sentence, found === undefined ? {} : { found });
  if (view.byteLength < 4 || view.getUint16(0) !== START_OF_IMAGE) {
    throw bad('the JPEG-LS frame does not begin with a start-of-image marker');
  }
  let image: CodedImage | undefined;
  for (let at = 2; at + 4 <= view.byteLength;) {
    const [marker, length] = [view.getUint16(at), view.getUint16(at + 2)];
    const [body, next] = [at + 4, at + 2 + length];
    if (marker < 0xff01 || length < 2 || next > view.byteLength) throw bad(`the JPEG-LS frame has no marker segment at byte ${at}`);
    if (marker === START_OF_FRAME) {
      if (image) throw bad('the JPEG-LS frame has two frame headers');
      if (length < 8) throw bad('the JPEG-LS frame header is too short');
      image = {
        precision: view.getUint8(body),
        rows: view.getUint16(body + 1),
        columns: view.getUint16(body + 3),
        samples: view.getUint8(body + 5),
      };
    } else if (marker === START_OF_SCAN) {
      if (!image || length < 6 + 2 * view.getUint8(body)) throw bad('the JPEG-LS scan has no header');
      const last = next - 3; // NEAR, interleaving, point transform
      const planar = view.getUint8(last + 1) === 0;
      return { ...image, near: view.getUint8(last), planar, end: endOf(codestream, next, where) };
    } else if (marker === PARAMETERS && length > 2 && view.getUint8(body) !== 1) {
      throw unsupportedCodestream(where, 'coding parameters', `a JPEG-LS extension of type ${view.getUint8(body)}`);
    } else if (marker >= 0xffc0 && marker <= 0xffcf) {
      throw unsupportedCodestream(where, 'a JPEG-LS frame header, FFF7', marker.toString(16).toUpperCase());
    }
    at = next;
  }
  throw bad('the JPEG-LS frame ends before its scan');
}

/**
 * No coded byte after FF has its upper bit set, so that these two bytes are the marker wherever they stand. CharLS may never come back from a frame
 * without it.
 */
function endOf(codestream: Uint8Array, scan: number, where: string): number {
  for (let at = codestream.length - 2; at >= scan; at--) {
    if (codestream[at] === END_OF_IMAGE >> 8 && codestream[at + 1] === (END_OF_IMAGE & 0xff)) return at + 2;
  }
  throw badCodestream(where, 'the JPEG-LS frame ends before its end-of-image marker', { found: `${codestream.length} bytes` });
}
