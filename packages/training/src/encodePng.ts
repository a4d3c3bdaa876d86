import { crc32, deflateSync } from 'node:zlib';
import type { PngImage } from './tensorBoardEvent.js';

/**
 * A gray image as a PNG file (8 bits, ISO/IEC 15948), small by deflate alone.
 *
 * @param pixels - `[rows * columns]`, 0 black to 255 white
 */
export function encodePng(pixels: Uint8Array, rows: number, columns: number): PngImage {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(rows, 4);
  header.set([8, 0, 0, 0, 0], 8); // bits a sample, gray, deflate, adaptive filters, no interlace
  const unfiltered = Buffer.alloc(rows * (columns + 1)); // every row begins with its filter, 0
  for (let row = 0; row < rows; row++) unfiltered.set(pixels.subarray(row * columns, (row + 1) * columns), row * (columns + 1) + 1);
  const png = Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(unfiltered)), chunk('IEND', Buffer.alloc(0))]);
  return { png, rows, columns };
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
