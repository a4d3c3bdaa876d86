import type { PixelFormat } from '../pixelFormat.js';
import { checkJ2kPackets, parseCodingStyle, type CodingStyle } from './j2kPackets.js';
import { badCodestream, checkCodedImage, unsupportedCodestream, type CodedImage } from './refusals.js';

/** A JPEG 2000 codestream that is whole, and the parts of its headers that matter here. */
export interface J2kCodestream extends CodedImage {
  readonly signed: boolean;
  readonly lossy: boolean;
  /** From the start-of-codestream marker to the end of the last tile-part, with the end-of-codestream marker. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` each component's Ssiz stands: its sign, and its bits less one. */
  readonly signBytes: readonly number[];
}

const SOC = 0xff4f;
const SIZ = 0xff51;
const COD = 0xff52;
const COC = 0xff53;
const SOT = 0xff90;
const SOD = 0xff93;
const EOC = 0xffd9;

/**
 * Reads the headers of a JPEG 2000 codestream, and walks over its tile-parts to see that none is missing or cut. ITU-T T.800 annex A.
 *
 * @remarks Decoders do not do this: they return an image with empty parts. Nor do they ask whether so many tiles and precincts can be in so few bytes
 * before they take memory for all of them.
 * @throws `MgmtError` `dicom-io/bad-codestream`, `dicom-io/codestream-mismatch`, `dicom-io/unsupported-codestream`
 */
export function parseJ2k(codestream: Uint8Array, format: PixelFormat, where: string): J2kCodestream {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== SOC || view.getUint16(2) !== SIZ) {
    throw badCodestream(where, 'the JPEG 2000 frame does not begin with its size');
  }
  const size = parseSize(view, where);
  checkCodedImage(size, format, where);
  const styles: CodingStyle[] = [];
  const collect = (marker: number, from: number, to: number) => {
    if (marker === COD || marker === COC) styles.push(parseCodingStyle(view, from, to, marker === COC, size.samples, where));
  };
  const firstTilePart = walkSegments(view, 2, view.byteLength, SOT, collect, where);
  const end = walkTileParts(view, firstTilePart, size.tiles, collect, where);
  const [style] = styles;
  if (!style) throw badCodestream(where, 'the JPEG 2000 frame has no coding style');
  checkJ2kPackets(styles, size, codestream.length, where);
  return {
    ...size,
    lossy: styles.some(({ reversible }) => !reversible),
    bytes: codestream.subarray(0, end),
  };
}

/** The geometry of the image and of its tiles. */
export interface J2kSize extends CodedImage {
  readonly signed: boolean;
  readonly signBytes: readonly number[];
  readonly tiles: number;
  readonly tileColumns: number;
  readonly tileRows: number;
}

function parseSize(view: DataView, where: string): J2kSize {
  const at = 4; // Lsiz, Rsiz, then eight sizes of 32 bits
  if (view.byteLength < at + 38) throw badCodestream(where, 'the JPEG 2000 frame ends within its size');
  const [right, bottom, left, top, tileColumns, tileRows, tileLeft, tileTop] = Array.from({ length: 8 }, (_, i) =>
    view.getUint32(at + 4 + 4 * i),
  ) as [number, number, number, number, number, number, number, number];
  const samples = view.getUint16(at + 36);
  const end = at + view.getUint16(at);
  if (samples < 1 || end !== at + 38 + 3 * samples || end > view.byteLength) {
    throw badCodestream(where, 'the JPEG 2000 size has another length than its components take', { found: `${samples} components` });
  }
  if (right <= left || bottom <= top || tileColumns < 1 || tileRows < 1 || tileLeft > left || tileTop > top) {
    throw badCodestream(where, 'the JPEG 2000 frame has an impossible size', { found: `${left}, ${top} to ${right}, ${bottom}` });
  }
  const components = Array.from({ length: samples }, (_, i) => at + 38 + 3 * i);
  const [depth, ...others] = components.map((component) => view.getUint8(component)) as [number, ...number[]];
  if (others.some((other) => other !== depth) || components.some((c) => view.getUint16(c + 1) !== 0x0101)) {
    throw unsupportedCodestream(where, 'components of one size and precision', 'JPEG 2000 components that differ');
  }
  return {
    rows: bottom - top,
    columns: right - left,
    samples,
    precision: (depth & 0x7f) + 1,
    signed: depth > 0x7f,
    signBytes: components,
    tiles: Math.ceil((right - tileLeft) / tileColumns) * Math.ceil((bottom - tileTop) / tileRows),
    tileColumns: Math.min(tileColumns, right - left),
    tileRows: Math.min(tileRows, bottom - top),
  };
}

type OnSegment = (marker: number, from: number, to: number) => void;

/** Goes over marker segments up to the marker `last`, and returns where that stands. */
function walkSegments(view: DataView, from: number, to: number, last: number, onSegment: OnSegment, where: string): number {
  for (let at = from; at + 2 <= to;) {
    const marker = view.getUint16(at);
    if (marker === last) return at;
    const length = at + 4 <= to ? view.getUint16(at + 2) : 0;
    if (marker < 0xff00 || length < 2 || at + 2 + length > to) break;
    onSegment(marker, at + 4, at + 2 + length);
    at += 2 + length;
  }
  throw badCodestream(where, 'the JPEG 2000 frame ends within a header', { found: `${view.byteLength} bytes` });
}

/** Goes over the tile-parts up to the end of the codestream, and returns that. */
function walkTileParts(view: DataView, from: number, tiles: number, onSegment: OnSegment, where: string): number {
  const parts = new Map<number, { found: number; announced: number }>();
  let at = from;
  while (at + 12 <= view.byteLength && view.getUint16(at) === SOT) {
    const tile = view.getUint16(at + 4);
    const length = view.getUint32(at + 6) || lastEnd(view, at) - at; // 0: up to the end of the codestream
    const end = at + length;
    if (tile >= tiles || length < 14 || end > view.byteLength) {
      throw badCodestream(where, `JPEG 2000 tile-part at byte ${at} is cut or damaged`, {
        expected: `at most ${view.byteLength - at} bytes, tile below ${tiles}`,
        found: `${length} bytes, tile ${tile}`,
      });
    }
    walkSegments(view, at + 12, end, SOD, onSegment, where);
    const part = parts.get(tile) ?? { found: 0, announced: 0 };
    parts.set(tile, { found: part.found + 1, announced: part.announced || view.getUint8(at + 11) });
    at = end;
  }
  if (at + 2 > view.byteLength || view.getUint16(at) !== EOC) {
    throw badCodestream(where, 'the JPEG 2000 frame ends before its end-of-codestream marker', { found: `${view.byteLength} bytes` });
  }
  const incomplete = [...parts.values()].some(({ found, announced }) => found < announced);
  if (parts.size !== tiles || incomplete) {
    throw badCodestream(where, 'the JPEG 2000 frame lacks tiles or parts of them', {
      expected: `${tiles} tiles`,
      found: String(parts.size),
    });
  }
  return at + 2;
}

/** Where the last end-of-codestream marker stands: coded bytes after FF are never above 8F. */
function lastEnd(view: DataView, after: number): number {
  for (let at = view.byteLength - 2; at > after; at--) if (view.getUint16(at) === EOC) return at;
  return view.byteLength + 1;
}
