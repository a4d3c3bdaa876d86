import type { J2kSize } from './j2kCodestream.js';
import { badCodestream } from './refusals.js';

/** How the tiles, or one component of them, are cut into packets and coded. */
export interface CodingStyle {
  readonly layers: number;
  /** Exponents of the precincts' sizes, from the smallest resolution to the largest. */
  readonly precincts: readonly { readonly columns: number; readonly rows: number }[];
  readonly reversible: boolean;
}

/** Reads COD, or COC, which is for one component. ITU-T T.800 sections A.6.1 and A.6.2. */
export function parseCodingStyle(
  view: DataView,
  from: number,
  to: number,
  ofComponent: boolean,
  samples: number,
  where: string,
): CodingStyle {
  const flagsAt = ofComponent ? from + (samples < 257 ? 1 : 2) : from;
  const at = flagsAt + (ofComponent ? 1 : 5); // decomposition levels, code-block width, height, style, transform, precincts
  const levels = at + 5 <= to ? view.getUint8(at) : 33;
  const explicit = (view.getUint8(flagsAt) & 1) === 1;
  if (levels > 32 || at + 5 + (explicit ? levels + 1 : 0) > to) {
    throw badCodestream(where, 'the JPEG 2000 coding style is cut or impossible', { found: `${levels} decomposition levels` });
  }
  return {
    layers: ofComponent ? 1 : view.getUint16(flagsAt + 2),
    precincts: Array.from({ length: levels + 1 }, (_, i) => {
      const size = explicit ? view.getUint8(at + 5 + i) : 0xff;
      return { columns: size & 15, rows: size >> 4 };
    }),
    reversible: view.getUint8(at + 4) === 1,
  };
}

/** So many packets are allowed in any image: real ones of 512 x 512 pixels have some dozens. */
const FREE_PACKETS = 1 << 16;

/**
 * Refuses a codestream that announces more packets than it can hold, at a byte each: codecs take memory for all of them before they read one.
 *
 * @throws `MgmtError` `dicom-io/bad-codestream`
 */
export function checkJ2kPackets(styles: readonly CodingStyle[], size: J2kSize, bytes: number, where: string): void {
  const layers = Math.max(...styles.map((style) => style.layers));
  const most = Math.max(...styles.map(({ precincts }) => precinctsOf(precincts, size))) * layers * size.samples * size.tiles;
  if (most <= Math.max(FREE_PACKETS, bytes)) return;
  throw badCodestream(where, 'the JPEG 2000 frame announces more packets than it can hold', {
    expected: `at most ${Math.max(FREE_PACKETS, bytes)} in ${bytes} bytes`,
    found: String(most),
  });
}

/** Of one component of one tile, at most: a precinct more along each axis, since tiles begin anywhere. */
function precinctsOf(precincts: CodingStyle['precincts'], { tileColumns, tileRows }: J2kSize): number {
  const along = (size: number, level: number, exponent: number) => Math.ceil(size / 2 ** (level + exponent)) + 1;
  return precincts.reduce((sum, { columns, rows }, resolution) => {
    const level = precincts.length - 1 - resolution;
    return sum + along(tileColumns, level, columns) * along(tileRows, level, rows);
  }, 0);
}
