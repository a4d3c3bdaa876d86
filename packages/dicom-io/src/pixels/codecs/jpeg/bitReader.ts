import { badCodestream } from '../refusals.js';
import { LOOKAHEAD, type HuffmanTable } from './huffman.js';

/**
 * The bits of entropy-coded data, between two markers. ITU-T T.81 sections F.2.2 and B.1.1.5.
 *
 * @remarks Behind the data come zeros without end, so that nothing is asked for in the inner loops: {@link BitReader.endInterval} tells whether any of
 * those was used.
 */
export class BitReader {
  private bits = 0; // the lowest `count` of them are still to be read
  private count = 0;
  private beyond = 0; // how many of those were made up

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly where: string,
  ) {}

  /** The symbol of the next code. */
  symbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const entry = table.lookup[(this.bits >>> (this.count - LOOKAHEAD)) & ((1 << LOOKAHEAD) - 1)]!;
    if (entry !== 0) {
      this.count -= entry >> 8;
      return entry & 0xff;
    }
    const next = (this.bits >>> (this.count - 16)) & 0xffff;
    for (let length = LOOKAHEAD + 1; length <= 16; length++) {
      if (next >= table.limit[length]!) continue;
      this.count -= length;
      return table.symbols[(next >> (16 - length)) + table.offset[length]!]!;
    }
    throw badCodestream(this.where, `the JPEG data have no valid code before byte ${this.at}`);
  }

  /** A number of `size` bits, 0 to 16, whose first bit is its inverted sign. Section F.2.2.1, EXTEND. */
  signed(size: number): number {
    if (size === 0) return 0;
    if (this.count < size) this.fill();
    this.count -= size;
    const value = (this.bits >>> this.count) & ((1 << size) - 1);
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  /**
   * Ends an interval: what is left of the last byte, and bytes up to the next marker, are skipped.
   *
   * @returns where that marker stands
   * @throws `MgmtError` `dicom-io/bad-codestream` where more was read than there is
   */
  endInterval(): number {
    if (this.count < this.beyond) throw badCodestream(this.where, `the JPEG data end early, at byte ${this.at}`);
    while (this.at + 1 < this.bytes.length && !this.atMarker()) this.at++;
    [this.bits, this.count, this.beyond] = [0, 0, 0];
    return this.at;
  }

  /** Goes on behind a restart marker, which must be the `index`-th, counted from 0. */
  restart(index: number): void {
    const at = this.endInterval();
    const marker = 0xd0 + (index & 7);
    while (this.bytes[this.at + 1] === 0xff) this.at++; // fill bytes
    if (this.bytes[this.at + 1] !== marker) throw badCodestream(this.where, `the JPEG data lack restart marker ${index & 7} at byte ${at}`);
    this.at += 2;
  }

  /** To at least 25 bits. */
  private fill(): void {
    while (this.count < 25) {
      let byte = 0;
      if (this.at >= this.bytes.length || this.atMarker()) this.beyond += 8;
      else {
        byte = this.bytes[this.at]!;
        this.at += byte === 0xff ? 2 : 1; // FF is followed by 00
      }
      this.bits = (this.bits << 8) | byte;
      this.count += 8;
    }
  }

  private atMarker(): boolean {
    return this.bytes[this.at] === 0xff && this.bytes[this.at + 1] !== 0;
  }
}
