import { zlibSync } from 'fflate';

/**
 * A gray-scale image as a PNG file (8 bits, ISO/IEC 15948), in Node and in browsers alike.
 *
 * @param pixels - `[rows * columns]`, 0 black to 255 white
 */
export function encodeGrayPng(pixels: Uint8Array, rows: number, columns: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([8, 0, 0, 0, 0], 8); // bits a sample, gray, deflate, adaptive filters, no interlace
  return concatenate([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(filterRows(pixels, rows, columns), { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Filter 2 ("up") on every row: neighbors in an image of tissue are alike, so the differences pack better. */
function filterRows(pixels: Uint8Array, rows: number, columns: number): Uint8Array {
  const filtered = new Uint8Array(rows * (columns + 1));
  for (let row = 0; row < rows; row++) {
    filtered[row * (columns + 1)] = 2;
    for (let column = 0; column < columns; column++) {
      const above = row === 0 ? 0 : pixels[(row - 1) * columns + column]!;
      filtered[row * (columns + 1) + 1 + column] = pixels[row * columns + column]! - above;
    }
  }
  return filtered;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = concatenate([new TextEncoder().encode(type), data]);
  const framed = new Uint8Array(named.length + 8);
  const view = new DataView(framed.buffer);
  view.setUint32(0, data.length);
  framed.set(named, 4);
  view.setUint32(named.length + 4, crc32(named));
  return framed;
}

/** The checksum of PNG's Annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
