import { badCodestream, unsupportedCodestream } from '../refusals.js';
import type { StoredArray } from '../../storedArray.js';
import { BitReader } from './bitReader.js';
import type { HuffmanTable } from './huffman.js';
import type { JpegFrame, JpegScan } from './jpegReader.js';

/**
 * Decodes one scan of lossless JPEG, process 14, into `values`. ITU-T T.81 annex H.
 *
 * @param values - `[row, column, component]`, those of the scan are written, as patterns of 16 bits
 * @returns where the data end
 * @throws `MgmtError` `dicom-io/bad-codestream`, `dicom-io/unsupported-codestream`
 */
export function decodeLosslessScan(bytes: Uint8Array, frame: JpegFrame, scan: JpegScan, values: StoredArray, where: string): number {
  const { rows, columns, samples } = frame;
  const { start: predictor, shift, restartInterval } = scan;
  if (predictor < 1 || predictor > 7 || shift >= frame.precision) {
    throw badCodestream(where, `JPEG has no predictor ${predictor} with point transform ${shift}`);
  }
  const [{ horizontal, vertical }] = frame.components;
  if (!frame.components.every((component) => component.horizontal === horizontal && component.vertical === vertical)) {
    throw unsupportedCodestream(where, 'components of one size', 'lossless JPEG components that differ in size');
  }
  const tables = scan.components.map(({ dc }) => dc ?? missingTable(where));
  const rowsBetweenRestarts = restartInterval / columns || Infinity;
  if (rowsBetweenRestarts !== Infinity && !Number.isInteger(rowsBetweenRestarts)) {
    throw badCodestream(where, 'lossless JPEG restarts within a row', { found: `every ${restartInterval} of ${columns} samples` });
  }

  const bits = new BitReader(bytes, scan.dataAt, where);
  const first = 1 << (frame.precision - shift - 1);
  let above = tables.map(() => new Uint16Array(columns));
  let line = tables.map(() => new Uint16Array(columns));
  for (let row = 0, restarts = 0, fresh = true; row < rows; row++) {
    if (row > 0 && row % rowsBetweenRestarts === 0) {
      bits.restart(restarts++);
      fresh = true;
    }
    readDifferences(bits, tables, line, columns);
    line.forEach((current, i) => {
      if (fresh) predictFirst(current, first);
      else predict(current, above[i]!, predictor);
      for (let column = 0, o = row * columns * samples + scan.components[i]!.index; column < columns; column++, o += samples) {
        values[o] = current[column]! << shift;
      }
    });
    [above, line, fresh] = [line, above, false];
  }
  return bits.endInterval();
}

/** A line of each component: what is to be added to the predictions. Section H.1.2.2. */
function readDifferences(bits: BitReader, tables: readonly HuffmanTable[], lines: readonly Uint16Array[], columns: number): void {
  for (let column = 0; column < columns; column++) {
    for (let i = 0; i < tables.length; i++) {
      const size = bits.symbol(tables[i]!);
      lines[i]![column] = size < 16 ? bits.signed(size) : 32768; // of 16 there is only one, without bits
    }
  }
}

/** The first line of the scan, and after a restart: each sample from its left neighbor. */
function predictFirst(line: Uint16Array, first: number): void {
  for (let i = 0, left = first; i < line.length; i++) left = line[i] = (line[i]! + left) & 0xffff;
}

/** Differences become samples, modulo 65536. Table H.1: a is to the left, b above, c above a. */
function predict(line: Uint16Array, above: Uint16Array, predictor: number): void {
  let c = above[0]!;
  let a = (line[0]! + c) & 0xffff;
  line[0] = a;
  for (let i = 1; i < line.length; i++) {
    const b = above[i]!;
    let prediction: number;
    switch (predictor) {
      case 1:
        prediction = a;
        break;
      case 2:
        prediction = b;
        break;
      case 3:
        prediction = c;
        break;
      case 4:
        prediction = a + b - c;
        break;
      case 5:
        prediction = a + ((b - c) >> 1);
        break;
      case 6:
        prediction = b + ((a - c) >> 1);
        break;
      default:
        prediction = (a + b) >> 1;
    }
    a = (line[i]! + prediction) & 0xffff;
    line[i] = a;
    c = b;
  }
}

function missingTable(where: string): never {
  throw badCodestream(where, 'the JPEG scan has no Huffman table');
}
