import { badCodestream, unsupportedCodestream } from '../refusals.js';
import { BitReader } from './bitReader.js';
import type { HuffmanTable } from './huffman.js';
import { inverseDct } from './idct.js';
import type { JpegComponent, JpegFrame, JpegScan } from './jpegReader.js';

/** The samples of one component as they were coded: subsampled, and filled up to whole units. */
export interface Plane {
  readonly component: JpegComponent;
  /** Columns and rows of the image for one of the plane. */
  readonly across: number;
  readonly down: number;
  /** Samples of the image in it. */
  readonly columns: number;
  readonly rows: number;
  /** Blocks of 8 x 8 of the image in it. */
  readonly blockColumns: number;
  readonly blockRows: number;
  readonly stride: number;
  readonly samples: Uint16Array;
}

/**
 * Empty planes for the components of a frame. ITU-T T.81 section A.1.1.
 *
 * @throws `MgmtError` `dicom-io/unsupported-codestream` where one is subsampled by a fraction
 */
export function planesOf(frame: JpegFrame, where: string): Plane[] {
  const { horizontal, vertical, unitColumns, unitRows } = units(frame);
  return frame.components.map((component) => {
    const [across, down] = [horizontal / component.horizontal, vertical / component.vertical];
    if (!Number.isInteger(across) || !Number.isInteger(down)) {
      throw unsupportedCodestream(where, 'subsampling by whole numbers', `JPEG components subsampled by ${across} x ${down}`);
    }
    const columns = Math.ceil((frame.columns * component.horizontal) / horizontal);
    const rows = Math.ceil((frame.rows * component.vertical) / vertical);
    const stride = unitColumns * component.horizontal * 8;
    const samples = new Uint16Array(stride * unitRows * component.vertical * 8);
    return {
      component,
      across,
      down,
      columns,
      rows,
      blockColumns: Math.ceil(columns / 8),
      blockRows: Math.ceil(rows / 8),
      stride,
      samples,
    };
  });
}

/** How many blocks the image takes, at least. */
export function codedBlocks(frame: JpegFrame): number {
  const { horizontal, vertical } = units(frame);
  const along = (size: number, factor: number, largest: number) => Math.ceil((size * factor) / largest / 8);
  return frame.components.reduce(
    (sum, component) => sum + along(frame.columns, component.horizontal, horizontal) * along(frame.rows, component.vertical, vertical),
    0,
  );
}

/** The largest factors, and how many units of so many blocks cover the image. */
function units({ rows, columns, components }: JpegFrame) {
  const horizontal = Math.max(...components.map((component) => component.horizontal));
  const vertical = Math.max(...components.map((component) => component.vertical));
  return { horizontal, vertical, unitColumns: Math.ceil(columns / (8 * horizontal)), unitRows: Math.ceil(rows / (8 * vertical)) };
}

/**
 * Decodes one scan of sequential JPEG, baseline or extended, into its planes. ITU-T T.81 annex F.
 *
 * @returns where the data end
 * @throws `MgmtError` `dicom-io/bad-codestream`
 */
export function decodeSequentialScan(bytes: Uint8Array, frame: JpegFrame, scan: JpegScan, planes: readonly Plane[], where: string): number {
  const coders = scan.components.map(({ index, dc, ac, quantization }) => {
    if (!dc || !ac || !quantization) throw badCodestream(where, 'the JPEG scan has no Huffman or quantization table');
    return { plane: planes[index]!, dc, ac, quantization, lastDc: 0 };
  });
  if (scan.start !== 0 || scan.end !== 63 || scan.shift !== 0) {
    throw badCodestream(where, 'the sequential JPEG scan is only a part of the coefficients');
  }

  const { unitColumns, unitRows } = units(frame);
  const alone = coders.length === 1 ? coders[0]!.plane : undefined; // then a unit is one block, and there are none beyond the image
  const [acrossUnits, downUnits] = alone ? [alone.blockColumns, alone.blockRows] : [unitColumns, unitRows];

  const bits = new BitReader(bytes, scan.dataAt, where);
  const block = new Int32Array(64);
  for (let unit = 0, restarts = 0; unit < acrossUnits * downUnits; unit++) {
    if (unit > 0 && scan.restartInterval > 0 && unit % scan.restartInterval === 0) {
      bits.restart(restarts++);
      for (const coder of coders) coder.lastDc = 0;
    }
    const [unitRow, unitColumn] = [Math.floor(unit / acrossUnits), unit % acrossUnits];
    for (const coder of coders) {
      const { component, stride, samples } = coder.plane;
      const [across, down] = alone ? [1, 1] : [component.horizontal, component.vertical];
      for (let i = 0; i < across * down; i++) {
        const blockRow = unitRow * down + Math.floor(i / across);
        const blockColumn = unitColumn * across + (i % across);
        coder.lastDc = readBlock(bits, coder.dc, coder.ac, coder.quantization, coder.lastDc, block, where);
        inverseDct(block, samples, 8 * (blockRow * stride + blockColumn), stride, frame.precision);
      }
    }
  }
  return bits.endInterval();
}

/** Reads and dequantizes the coefficients of a block, and returns the first one, which the next block's is told from. Section F.2.2. */
function readBlock(
  bits: BitReader,
  dc: HuffmanTable,
  ac: HuffmanTable,
  quantization: Uint16Array,
  lastDc: number,
  block: Int32Array,
  where: string,
): number {
  block.fill(0);
  const size = bits.symbol(dc);
  if (size > 15) throw badCodestream(where, `a JPEG coefficient has ${size} bits`);
  const first = (lastDc + bits.signed(size)) | 0;
  block[0] = Math.imul(first, quantization[0]!);
  for (let k = 1; k < 64; k++) {
    const symbol = bits.symbol(ac);
    const run = symbol >> 4;
    if ((symbol & 15) === 0) {
      if (run !== 15) break; // end of block; else sixteen zeros
      k += 15;
      continue;
    }
    k += run;
    const coefficient = bits.signed(symbol & 15);
    if (k > 63) throw badCodestream(where, 'a JPEG block has more than 64 coefficients');
    block[ZIGZAG[k]!] = coefficient * quantization[k]!;
  }
  return first;
}

/** Natural place of the coefficients in the order in which they are coded. Figure A.6. */
const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28],
  ...[35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);
