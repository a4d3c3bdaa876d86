import { badCodestream, unsupportedCodestream, type CodedImage } from '../refusals.js';
import { huffmanTable, type HuffmanTable } from './huffman.js';

/** The second byte of the markers that matter here. ITU-T T.81 table B.1. */
const [SOF0, SOF1, SOF3, DHT, RST0, SOI, EOI, SOS, DQT, DRI, FILL] = [
  0xc0, 0xc1, 0xc3, 0xc4, 0xd0, 0xd8, 0xd9, 0xda, 0xdb, 0xdd, 0xff,
] as const;

/** What SOF says of the image. ITU-T T.81 section B.2.2. */
export interface JpegFrame extends CodedImage {
  readonly lossless: boolean;
  readonly components: readonly [JpegComponent, ...JpegComponent[]];
}

export interface JpegComponent {
  readonly id: number;
  /** Its samples along a row and a column, as parts of the largest factor of any component. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly quantization: number;
}

/** What SOS says of one pass through the image, with the tables that hold for it. Section B.2.3. */
export interface JpegScan {
  readonly components: readonly ScanComponent[];
  /** First coefficient, or the predictor of lossless JPEG. */
  readonly start: number;
  readonly end: number;
  /** Low bits that were shifted out: the point transform. */
  readonly shift: number;
  /** Units between restart markers; 0 where there are none. */
  readonly restartInterval: number;
  /** Where its entropy-coded data begin. */
  readonly dataAt: number;
}

export interface ScanComponent {
  /** Its place in the frame. */
  readonly index: number;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
  /** `[64]` in zigzag order. */
  readonly quantization: Uint16Array | undefined;
}

/** Reads the marker segments of a JPEG codestream, scan by scan. ITU-T T.81 annex B. */
export class JpegReader {
  private readonly view: DataView;
  private readonly tables: { dc: HuffmanTable[]; ac: HuffmanTable[]; quantization: Uint16Array[] } = { dc: [], ac: [], quantization: [] };
  private restartInterval = 0;
  private frameHeader: JpegFrame | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly where: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes[0] !== 0xff || bytes[1] !== SOI) throw this.bad('the JPEG frame does not begin with a start-of-image marker');
  }

  /** Known from the first scan on. */
  get frame(): JpegFrame {
    if (!this.frameHeader) throw this.bad('the JPEG frame has no frame header before its scan');
    return this.frameHeader;
  }

  /**
   * The next scan, or undefined at the end-of-image marker.
   *
   * @param from - where its marker segments begin: 2, or the end of the last scan's data
   * @throws `MgmtError` `dicom-io/bad-codestream`, `dicom-io/unsupported-codestream`
   */
  nextScan(from: number): JpegScan | undefined {
    let at = from;
    while (at + 2 <= this.bytes.length && this.bytes[at] === 0xff) {
      const marker = this.bytes[at + 1]!;
      if (marker === EOI) return undefined;
      if (marker === FILL) {
        at++;
        continue;
      }
      const length = at + 4 <= this.bytes.length ? this.view.getUint16(at + 2) : 0;
      const [body, next] = [at + 4, at + 2 + length];
      if (marker < SOF0 || (marker >= RST0 && marker <= SOI) || length < 2 || next > this.bytes.length) break;
      if (marker === SOS) return this.scan(body, next);
      this.segment(marker, body, next);
      at = next;
    }
    throw this.bad('the JPEG frame ends before its end-of-image marker, or has a damaged header');
  }

  private segment(marker: number, from: number, to: number): void {
    if (marker === DHT) this.huffmanTables(from, to);
    else if (marker === DQT) this.quantizationTables(from, to);
    else if (marker === DRI) this.restartInterval = to - from === 2 ? this.view.getUint16(from) : this.fail('a JPEG restart is damaged');
    else if (marker === SOF0 || marker === SOF1 || marker === SOF3) this.frameHeader = this.parseFrame(marker === SOF3, from, to);
    else if (marker <= 0xcf || marker in PROCESSES) {
      throw unsupportedCodestream(
        this.where,
        'JPEG baseline, extended sequential or lossless, with Huffman codes',
        PROCESSES[marker] ?? `marker FF${marker.toString(16).toUpperCase()}`,
      );
    }
  }

  private parseFrame(lossless: boolean, from: number, to: number): JpegFrame {
    const samples = from + 6 <= to ? this.view.getUint8(from + 5) : 0;
    if (this.frameHeader || samples < 1 || to - from !== 6 + 3 * samples) throw this.bad('the JPEG frame header is damaged');
    const component = (i: number): JpegComponent => {
      const at = from + 6 + 3 * i;
      const factors = this.view.getUint8(at + 1);
      return { id: this.view.getUint8(at), horizontal: factors >> 4, vertical: factors & 15, quantization: this.view.getUint8(at + 2) };
    };
    const components = [component(0), ...Array.from({ length: samples - 1 }, (_, i) => component(i + 1))] as const;
    if (components.some(({ horizontal, vertical }) => !isFactor(horizontal) || !isFactor(vertical))) {
      throw this.bad('a JPEG sampling factor is not 1 to 4');
    }
    const precision = this.view.getUint8(from);
    if (lossless ? precision < 2 || precision > 16 : precision !== 8 && precision !== 12) {
      throw this.bad(`JPEG samples of ${precision} bits do not exist`);
    }
    return { lossless, precision, rows: this.view.getUint16(from + 1), columns: this.view.getUint16(from + 3), samples, components };
  }

  private scan(from: number, to: number): JpegScan {
    const count = to > from ? this.view.getUint8(from) : 0;
    if (count < 1 || count > 4 || to - from !== 4 + 2 * count) throw this.bad('a JPEG scan header is damaged');
    const components = Array.from({ length: count }, (_, i) => {
      const [id, tables] = [this.view.getUint8(from + 1 + 2 * i), this.view.getUint8(from + 2 + 2 * i)];
      const index = this.frame.components.findIndex((component) => component.id === id);
      const component = this.frame.components[index] ?? this.fail('a JPEG scan is of a component that does not exist');
      const { dc, ac, quantization } = this.tables;
      return { index, dc: dc[tables >> 4], ac: ac[tables & 15], quantization: quantization[component.quantization] };
    });
    if (new Set(components.map(({ index }) => index)).size !== count) throw this.bad('a JPEG scan has a component twice');
    const [start, end, approximation] = [0, 1, 2].map((i) => this.view.getUint8(to - 3 + i)) as [number, number, number];
    return { components, start, end, shift: approximation & 15, restartInterval: this.restartInterval, dataAt: to };
  }

  private huffmanTables(from: number, to: number): void {
    let at = from;
    while (at + 17 <= to) {
      const destination = this.view.getUint8(at);
      const counts = this.bytes.subarray(at + 1, at + 17);
      const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
      if (end > to || destination > 0x1f || (destination & 15) > 3) break;
      const kind = destination < 0x10 ? this.tables.dc : this.tables.ac;
      kind[destination & 15] = huffmanTable(counts, this.bytes.subarray(at + 17, end), this.where);
      at = end;
    }
    if (at !== to) throw this.bad('a JPEG Huffman table is damaged');
  }

  private quantizationTables(from: number, to: number): void {
    let at = from;
    while (at < to) {
      const destination = this.view.getUint8(at++);
      const bytes = destination >> 4 === 0 ? 1 : 2;
      if (destination > 0x1f || (destination & 15) > 3 || at + 64 * bytes > to) throw this.bad('a JPEG quantization table is damaged');
      this.tables.quantization[destination & 15] = Uint16Array.from({ length: 64 }, (_, i) =>
        bytes === 1 ? this.view.getUint8(at + i) : this.view.getUint16(at + 2 * i),
      );
      at += 64 * bytes;
    }
  }

  private bad(sentence: string) {
    return badCodestream(this.where, sentence, { found: `${this.bytes.length} bytes` });
  }

  private fail(sentence: string): never {
    throw this.bad(sentence);
  }
}

const isFactor = (value: number): boolean => value >= 1 && value <= 4;

const PROCESSES: Readonly<Record<number, string>> = {
  0xc2: 'progressive JPEG',
  0xc5: 'hierarchical JPEG',
  0xc6: 'hierarchical JPEG',
  0xc7: 'hierarchical JPEG',
  0xc9: 'JPEG with arithmetic coding',
  0xca: 'progressive JPEG with arithmetic coding',
  0xcb: 'lossless JPEG with arithmetic coding',
  0xcc: 'JPEG with arithmetic coding',
  0xcd: 'hierarchical JPEG with arithmetic coding',
  0xce: 'hierarchical JPEG with arithmetic coding',
  0xcf: 'hierarchical JPEG with arithmetic coding',
  0xdc: 'a number of lines that comes after the lines',
  0xde: 'hierarchical JPEG',
};
