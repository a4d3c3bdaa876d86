import dicomParser, { type DataSet } from 'dicom-parser';
import fc from 'fast-check';

/** Changes a copy of a file's bytes. */
export type Mutation = (bytes: Uint8Array) => Uint8Array;

/** Bytes where something begins or is told: heads of elements, of items and of fragments. */
interface Landmarks {
  /** Of the value; before it stand tag, representation and length. */
  readonly values: readonly { readonly at: number; readonly lengthBytes: 2 | 4; readonly explicit: boolean }[];
  /** Of item tags. */
  readonly items: readonly number[];
}

/** One to four mutations of a file: bits, bytes, lengths, representations, tags, cuts at every boundary, sequences ten thousand deep. */
export function mutations(file: Uint8Array): fc.Arbitrary<Mutation> {
  const { values, items } = landmarksOf(file);
  const boundaries = [
    ...values.flatMap(({ at }) => [at - 12, at - 8, at - 4, at]),
    ...items,
    ...items.map((at) => at + 8),
    0,
    128,
    132,
    file.length,
  ];
  const edit = (change: (bytes: Uint8Array, view: DataView) => void) => (original: Uint8Array) => {
    const bytes = Uint8Array.from(original);
    change(bytes, new DataView(bytes.buffer));
    return bytes;
  };
  const one = [
    fc.tuple(fc.nat(file.length - 1), fc.nat(7)).map(([at, bit]) => edit((bytes) => void (bytes[at]! ^= 1 << bit))),
    fc.tuple(fc.nat(file.length - 1), fc.nat(255)).map(([at, value]) => edit((bytes) => void (bytes[at] = value))),
    fc.constantFrom(...boundaries, ...boundaries.map((at) => at + 1)).map((end) => (bytes: Uint8Array) => bytes.slice(0, Math.max(0, end))),
    fc.tuple(fc.constantFrom(...boundaries), fc.constantFrom(...deepSequences())).map(([at, insert]) => inserted(at, insert)),
  ];
  if (values.length > 0) {
    one.push(
      fc.tuple(fc.constantFrom(...values), fc.constantFrom(...LENGTHS)).map(([{ at, lengthBytes }, length]) =>
        edit((_, view) => {
          if (lengthBytes === 4) setUint32(view, at - 4, length);
          else setUint16(view, at - 2, length & 0xffff);
        }),
      ),
      fc
        .tuple(fc.constantFrom(...values.filter(({ explicit }) => explicit), values[0]!), fc.constantFrom(...VRS))
        .map(([{ at, lengthBytes }, vr]) =>
          edit((bytes) => {
            const start = at - (lengthBytes === 4 ? 8 : 4);
            if (start >= 0 && start + 1 < bytes.length) [bytes[start], bytes[start + 1]] = [vr.charCodeAt(0), vr.charCodeAt(1)];
          }),
        ),
      fc
        .tuple(fc.constantFrom(...values), fc.constantFrom(...NUMBERS))
        .map(([{ at }, value]) => edit((_, view) => setUint16(view, at, value))),
      fc.tuple(fc.constantFrom(...values), fc.constantFrom(...values)).map(
        ([a, b]) => edit((bytes) => void bytes.copyWithin(a.at - 8, b.at - 8, b.at - 4)), // another's tag
      ),
    );
  }
  if (items.length > 0) {
    one.push(
      fc
        .tuple(fc.constantFrom(...items), fc.constantFrom(...LENGTHS))
        .map(([at, length]) => edit((_, view) => setUint32(view, at + 4, length))),
    );
  }
  return fc
    .array(fc.oneof(...one), { minLength: 1, maxLength: 4 })
    .map((several) => (bytes: Uint8Array) => several.reduce((each, mutate) => mutate(each), bytes));
}

function landmarksOf(file: Uint8Array): Landmarks {
  const values: { at: number; lengthBytes: 2 | 4; explicit: boolean }[] = [];
  const visit = ({ elements }: DataSet): void => {
    for (const { dataOffset, vr, items } of Object.values(elements)) {
      const long = vr === undefined || LONG.has(vr);
      values.push({ at: dataOffset, lengthBytes: long ? 4 : 2, explicit: vr !== undefined });
      for (const { dataSet } of items ?? []) if (dataSet) visit(dataSet);
    }
  };
  try {
    visit(dicomParser.parseDicom(file));
  } catch (thrown) {
    const { dataSet } = thrown as { dataSet?: DataSet }; // a packed file, or one that dicom-parser does not read: bits and bytes remain
    if (dataSet) visit(dataSet);
  }
  const items: number[] = [];
  for (let at = 132; at + 8 <= file.length; at++)
    if (file[at] === 0xfe && file[at + 1] === 0xff && (file[at + 3] ?? 0) === 0xe0) items.push(at);
  return { values: values.filter(({ at }) => at <= file.length), items };
}

function inserted(at: number, bytes: Uint8Array): Mutation {
  const start = Math.max(0, at);
  return (original) => new Uint8Array(Buffer.concat([original.subarray(0, start), bytes, original.subarray(start)]));
}

/** Sequences in sequences, explicit and implicit, of undefined length, never closed: they end where the file does. */
const deepSequences = (): readonly Uint8Array[] =>
  [
    [0x40, 0, 0x75, 2, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff],
    [0x40, 0, 0x75, 2, 0x55, 0x4e, 0, 0, 0xff, 0xff, 0xff, 0xff],
    [0x40, 0, 0x75, 2, 0xff, 0xff, 0xff, 0xff],
  ].map(deep);

function deep(sequence: readonly number[]): Uint8Array {
  const level = [...sequence, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff];
  const bytes = new Uint8Array(level.length * 10_000);
  for (let i = 0; i < 10_000; i++) bytes.set(level, i * level.length);
  return bytes;
}

function setUint16(view: DataView, at: number, value: number): void {
  if (at >= 0 && at + 2 <= view.byteLength) view.setUint16(at, value, true);
}

function setUint32(view: DataView, at: number, value: number): void {
  if (at >= 0 && at + 4 <= view.byteLength) view.setUint32(at, value, true);
}

const LENGTHS = [0, 1, 2, 3, 7, 8, 255, 65_535, 2 ** 24, 2 ** 31 - 1, 0xfffffffe, 0xffffffff];
const NUMBERS = [0, 1, 2, 3, 8, 16, 32, 255, 256, 32_767, 65_535];
const VRS = ['SQ', 'UN', 'OB', 'OW', 'OV', 'US', 'DS', 'LO', 'FD', 'AT', 'UT', 'xx', '\0\0'];
const LONG: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
