import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encodeGrayPng } from '../../src/index.js';

/** Reads what the encoder writes with Node's own zlib: the chunks by type, checksums verified. */
function chunksOf(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

describe('encodeGrayPng', () => {
  it('gives back every pixel, with valid checksums', () => {
    const images = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([rows, columns]) =>
        fc.tuple(fc.constant(rows), fc.constant(columns), fc.uint8Array({ minLength: rows * columns, maxLength: rows * columns })),
      );
    fc.assert(
      fc.property(images, ([rows, columns, pixels]) => {
        const chunks = chunksOf(encodeGrayPng(pixels, rows, columns));
        expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
        expect([...chunks.get('IHDR')!]).toEqual([0, 0, 0, columns, 0, 0, 0, rows, 8, 0, 0, 0, 0]);
        const filtered = inflateSync(chunks.get('IDAT')!);
        const decoded = new Uint8Array(rows * columns);
        for (let r = 0; r < rows; r++) {
          expect(filtered[r * (columns + 1)]).toBe(2);
          for (let c = 0; c < columns; c++)
            decoded[r * columns + c] = filtered[r * (columns + 1) + 1 + c]! + (r > 0 ? decoded[(r - 1) * columns + c]! : 0);
        }
        expect(decoded).toEqual(pixels);
      }),
    );
  });

  it('begins with the signature of PNG', () => {
    expect(
      Buffer.from(encodeGrayPng(new Uint8Array(1), 1, 1))
        .subarray(0, 8)
        .toString('latin1'),
    ).toBe('\x89PNG\r\n\x1a\n');
  });
});
