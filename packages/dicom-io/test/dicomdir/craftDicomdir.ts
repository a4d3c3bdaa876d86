import { encodePart10, type WrittenElement } from '../../src/write/encodePart10.js';

/** A record of a crafted DICOMDIR. Links are indices of records; an offset that is none of a record is written as a text: `'12345'`. */
export interface CraftedRecord {
  readonly type: string;
  readonly next?: number | string | undefined;
  readonly lower?: number | string | undefined;
  readonly file?: string;
  readonly inUse?: number;
  readonly more?: readonly WrittenElement[];
}

const LEVELS = ['PATIENT', 'STUDY', 'SERIES'];
const levelOf = ({ type }: CraftedRecord) => (LEVELS.includes(type) ? LEVELS.indexOf(type) : 3);

/** Links records that stand in order: each to its first child and its next sibling. */
export function linked(records: readonly CraftedRecord[]): CraftedRecord[] {
  return records.map((record, i) => {
    const rest = records.slice(i + 1);
    const end = rest.findIndex((other) => levelOf(other) <= levelOf(record));
    const next = end >= 0 && levelOf(rest[end]!) === levelOf(record) ? i + 1 + end : undefined;
    const lower = rest[0] && levelOf(rest[0]) > levelOf(record) ? i + 1 : undefined;
    return { next, lower, ...record };
  });
}

/** A patient with a study with a series of these files. */
export const oneSeries = (...files: readonly string[]): CraftedRecord[] =>
  linked([
    { type: 'PATIENT', more: [[0x00100010, 'PN', 'Doe^Jane']] },
    { type: 'STUDY' },
    {
      type: 'SERIES',
      more: [
        [0x00080060, 'CS', 'MR'],
        [0x00200011, 'IS', '7'],
      ],
    },
    ...files.map((file) => ({ type: 'IMAGE', file })),
  ]);

/**
 * The bytes of a DICOMDIR.
 *
 * @param shift - added to every offset
 */
export function dicomdirBytes(records: readonly CraftedRecord[], shift = 0): Uint8Array {
  const head = encodePart10([[0x00041130, 'CS', 'TEST']]);
  const empty = records.map((record) => item(record, 0, 0));
  const starts = empty.map((_, i) => empty.slice(0, i).reduce((at, { length }) => at + length, head.length + 12));
  const offsetOf = (link: number | string | undefined) =>
    link === undefined ? 0 : typeof link === 'string' ? Number(link) : starts[link]! + shift;
  const items = Buffer.concat(records.map((record) => item(record, offsetOf(record.next), offsetOf(record.lower))));
  const sequence = Buffer.from([4, 0, 0x20, 0x12, 0x53, 0x51, 0, 0, 0, 0, 0, 0]);
  sequence.writeUInt32LE(items.length, 8);
  return Buffer.concat([head, sequence, items]);
}

function item({ type, file, inUse = 0xffff, more = [] }: CraftedRecord, next: number, lower: number): Buffer {
  const elements = dataSetOf(
    encodePart10([
      [0x00041400, 'UL', next],
      [0x00041410, 'US', inUse],
      [0x00041420, 'UL', lower],
      [0x00041430, 'CS', type],
      ...(file === undefined ? [] : ([[0x00041500, 'CS', file]] as const)),
      ...more,
    ]),
  );
  const head = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(elements.length, 4);
  return Buffer.concat([head, elements]);
}

/** A file without its preamble and meta information. */
const dataSetOf = (file: Uint8Array): Uint8Array => file.subarray(144 + Buffer.from(file).readUInt32LE(140));
