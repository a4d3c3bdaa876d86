/** What a lossless JPEG codestream is made like. */
export interface LosslessOptions {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  readonly predictor: number;
  readonly pointTransform: number;
  /** 0 for none. */
  readonly restartRows: number;
  /** All components in one scan, or a scan for each. */
  readonly interleaved: boolean;
}

/**
 * A plain encoder of lossless JPEG, for what the programs around do not write: restarts, any precision, a scan for each component. ITU-T T.81 annex H.
 *
 * @param samples - `[row, column, component]`
 */
export function encodeLossless(samples: readonly number[], options: LosslessOptions): Uint8Array {
  const { rows, columns, components, precision, restartRows, interleaved } = options;
  const all = Array.from({ length: components }, (_, i) => i);
  const scans = interleaved ? [all] : all.map((component) => [component]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xc4, 0, 0, 0, 0, 0, 17, ...new Array<number>(11).fill(0), ...Array.from({ length: 17 }, (_, size) => size)), // 17 codes of 5 bits
    ...segment(0xdd, ...word(restartRows * columns)),
    ...segment(0xc3, precision, ...word(rows), ...word(columns), components, ...all.flatMap((id) => [id + 1, 0x11, 0])),
    ...scans.flatMap((scan) => encodeScan(samples, scan, options)),
    ...[0xff, 0xd9],
  ]);
}

function encodeScan(samples: readonly number[], scan: readonly number[], options: LosslessOptions): number[] {
  const { rows, columns, components, precision, predictor, pointTransform, restartRows } = options;
  const head = segment(0xda, scan.length, ...scan.flatMap((id) => [id + 1, 0]), predictor, 0, pointTransform);
  const sample = (row: number, column: number, component: number) =>
    samples[(row * columns + column) * components + component]! >> pointTransform;
  const data: number[] = [];
  let bits = '';
  for (let row = 0, first = 0; row < rows; row++) {
    if (restartRows > 0 && row > 0 && row % restartRows === 0) {
      data.push(...stuffed(bits), 0xff, 0xd0 + ((row / restartRows - 1) & 7));
      [bits, first] = ['', row];
    }
    for (let column = 0; column < columns; column++) {
      for (const component of scan) {
        const [a, b, c] = [sample(row, column - 1, component), sample(row - 1, column, component), sample(row - 1, column - 1, component)];
        let prediction = [0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1][predictor]!;
        if (row === first) prediction = column === 0 ? 1 << (precision - pointTransform - 1) : a;
        else if (column === 0) prediction = b;
        bits += coded((sample(row, column, component) - prediction) & 0xffff);
      }
    }
  }
  return [...head, ...data, ...stuffed(bits)];
}

/** The code of a difference's size, which is the size itself in 5 bits, and the difference. */
function coded(modulo: number): string {
  const difference = modulo > 32768 ? modulo - 65536 : modulo;
  const size = Math.abs(difference).toString(2).length - (difference === 0 ? 1 : 0);
  const extra =
    size === 0 || difference === 32768 ? '' : (difference < 0 ? difference + 2 ** size - 1 : difference).toString(2).padStart(size, '0');
  return (difference === 32768 ? 16 : size).toString(2).padStart(5, '0') + extra;
}

/** Bits as bytes, filled with ones, and 00 behind every FF. */
function stuffed(bits: string): number[] {
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = Array.from({ length: whole.length / 8 }, (_, i) => parseInt(whole.slice(8 * i, 8 * i + 8), 2));
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

const word = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (marker: number, ...body: number[]): number[] => [0xff, marker, ...word(body.length + 2), ...body];
