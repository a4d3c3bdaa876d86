import { badCodestream } from '../refusals.js';

/** A Huffman table, made for decoding. */
export interface HuffmanTable {
  /** By the next {@link LOOKAHEAD} bits: code length x 256 + symbol, or 0 where the code is longer. */
  readonly lookup: Uint16Array;
  /** By code length: the largest code, left-aligned in 16 bits, plus one. Above 16 nothing is left. */
  readonly limit: Int32Array;
  /** By code length: add it to a code for the index of its symbol. */
  readonly offset: Int32Array;
  readonly symbols: Uint8Array;
}

/** Most codes of real tables are at most so long. */
export const LOOKAHEAD = 9;

/**
 * The table of a DHT segment. ITU-T T.81 annex C.
 *
 * @param counts - `[16]`, how many codes have 1 bit, 2 bits, …
 * @param symbols - in the order of their codes
 * @throws `MgmtError` `dicom-io/bad-codestream` where there are more codes than bits for them
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array, where: string): HuffmanTable {
  const lookup = new Uint16Array(1 << LOOKAHEAD);
  const limit = new Int32Array(18);
  const offset = new Int32Array(18);
  let [code, index] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1]!;
    if (code + count > 1 << length) throw badCodestream(where, 'a JPEG Huffman table has more codes than there can be');
    offset[length] = index - code;
    for (let i = 0; i < count; i++, code++, index++) {
      if (length > LOOKAHEAD) continue;
      const spare = LOOKAHEAD - length;
      lookup.fill((length << 8) | symbols[index]!, code << spare, (code + 1) << spare);
    }
    limit[length] = code << (16 - length);
    code <<= 1;
  }
  return { lookup, limit, offset, symbols };
}
