import { crc32, deflateSync } from 'node:zlib';

/** A picture whose pixels are places in a palette: no larger than it must be, and outlines have a color. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** `[height * width]` */
  readonly pixels: Uint8Array;
  /** At most 256 of `[red, green, blue]`. */
  readonly palette: readonly (readonly [number, number, number])[];
}

/** The picture as a PNG file (ISO/IEC 15948): 8 bits a pixel, indexed, rows unfiltered. */
export function encodePng({ width, height, pixels, palette }: IndexedPicture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // bits, indexed, deflate, adaptive filters, no interlace
  const rows = Buffer.alloc(height * (width + 1)); // each behind its filter, 0
  for (let row = 0; row < height; row++) rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
