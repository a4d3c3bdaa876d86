import fc from 'fast-check';

/** The header's fields with the byte they begin at and their type; NIfTI-1 and NIfTI-2 standards. Texts are bytes; arrays of numbers are cut at each. */
const FIELDS = {
  1: [
    ...[
      'sizeof_hdr 0 i32',
      'data_type 4 text',
      'db_name 14 text',
      'extents 32 i32',
      'session_error 36 i16',
      'regular 38 text',
      'dim_info 39 i8',
    ],
    ...run('dim', 40, 8, 2, 'i16'),
    ...run('intent_p', 56, 3, 4, 'f32'),
    ...run('intent_code/datatype/bitpix/slice_start', 68, 4, 2, 'i16'),
    ...run('pixdim', 76, 8, 4, 'f32'),
    ...['vox_offset 108 f32', 'scl_slope 112 f32', 'scl_inter 116 f32', 'slice_end 120 i16', 'slice_code 122 i8', 'xyzt_units 123 i8'],
    ...run('cal_max/cal_min/slice_duration/toffset', 124, 4, 4, 'f32'),
    ...['glmax 140 i32', 'glmin 144 i32', 'descrip 148 text', 'aux_file 228 text', 'qform_code 252 i16', 'sform_code 254 i16'],
    ...run('quatern/qoffset/srow', 256, 18, 4, 'f32'),
    ...['intent_name 328 text', 'magic 344 i32', 'extension 348 i32', 'esize 352 i32', 'ecode 356 i32'],
  ],
  2: [
    ...['sizeof_hdr 0 i32', 'magic 4 i32', 'magic_end 8 i32', 'datatype 12 i16', 'bitpix 14 i16'],
    ...run('dim', 16, 8, 8, 'i64'),
    ...run('intent_p', 80, 3, 8, 'f64'),
    ...run('pixdim', 104, 8, 8, 'f64'),
    'vox_offset 168 i64',
    ...run('scl/cal/slice_duration/toffset', 176, 6, 8, 'f64'),
    ...['slice_start 224 i64', 'slice_end 232 i64', 'descrip 240 text', 'aux_file 320 text', 'qform_code 344 i32', 'sform_code 348 i32'],
    ...run('quatern/qoffset/srow', 352, 18, 8, 'f64'),
    ...['slice_code 496 i32', 'xyzt_units 500 i32', 'intent_code 504 i32', 'intent_name 508 text', 'dim_info 524 i8'],
    ...['extension 540 i32', 'esize 544 i32', 'ecode 548 i32'],
  ],
} as const;

function run(name: string, at: number, count: number, size: number, type: string): string[] {
  return Array.from({ length: count }, (_, i) => `${name}[${i}] ${at + i * size} ${type}`);
}

interface Field {
  readonly at: number;
  readonly write: (view: DataView, at: number, value: number, littleEndian: boolean) => void;
}

const fieldsOf = (version: 1 | 2): Field[] =>
  FIELDS[version].map((line) => {
    const [, at = '', type = ''] = line.split(' ');
    return { at: Number(at), write: WRITE[type]! };
  });

const WRITE: Readonly<Record<string, Field['write']>> = {
  text: (view, at, value) => view.setUint8(at, value),
  i8: (view, at, value) => view.setInt8(at, value),
  i16: (view, at, value, littleEndian) => view.setInt16(at, value, littleEndian),
  i32: (view, at, value, littleEndian) => view.setInt32(at, value, littleEndian),
  i64: (view, at, value, littleEndian) => view.setBigInt64(at, BigInt(Number.isFinite(value) ? Math.trunc(value) : 0), littleEndian),
  f32: (view, at, value, littleEndian) => view.setFloat32(at, value, littleEndian),
  f64: (view, at, value, littleEndian) => view.setFloat64(at, value, littleEndian),
};

/** None, before the first, odd, around every limit there is, and no number. */
const VALUES = [
  ...[0, -1, 1, 2, 3, 7, 8, 16, 17, 255, 256, 351, 352, 353, 544, 1024, 1280, 1536, 2048, 2304, 32_767, 32_768, 65_535],
  ...[
    2 ** 20,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 62,
    2 ** 63,
    352.5,
    1e-40,
    1e300,
    -1e300,
    NaN,
    Infinity,
    -Infinity,
  ],
];

/** What a mutation starts from. */
export interface Seed {
  readonly version: 1 | 2;
  readonly endianness: 'little' | 'big';
  readonly length: number;
}

/** Changes bytes in place and gives what is left of them. */
export type Mutation = (bytes: Uint8Array) => Uint8Array;

/** One to four mutations: bits flipped, bytes set, a field given a value, the end cut off at a field or anywhere. */
export function mutations({ version, endianness, length }: Seed): fc.Arbitrary<Mutation> {
  const fields = fieldsOf(version);
  const within = (bytes: Uint8Array, at: number, change: (view: DataView) => void) => {
    if (at + 8 <= bytes.length) change(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return bytes;
  };
  const flip = fc
    .nat(8 * length - 1)
    .map<Mutation>((bit) => (bytes) => within(bytes, bit >> 3, () => (bytes[bit >> 3]! ^= 1 << (bit & 7))));
  const set = fc.tuple(fc.nat(length - 1), fc.nat(255)).map<Mutation>(
    ([at, value]) =>
      (bytes) =>
        within(bytes, at, () => (bytes[at] = value)),
  );
  const field = fc.tuple(fc.constantFrom(...fields), fc.constantFrom(...VALUES), fc.boolean()).map<Mutation>(
    ([{ at, write }, value, swapped]) =>
      (bytes) =>
        within(bytes, at, (view) => write(view, at, value, (endianness === 'little') !== swapped)),
  );
  const cut = fc
    .oneof(fc.constantFrom(...fields.map(({ at }) => at)), fc.nat(length))
    .map<Mutation>((end) => (bytes) => bytes.subarray(0, end));
  const one = fc.oneof(
    { weight: 3, arbitrary: flip },
    { weight: 1, arbitrary: set },
    { weight: 5, arbitrary: field },
    { weight: 1, arbitrary: cut },
  );
  return fc
    .array(one, { minLength: 1, maxLength: 4 })
    .map<Mutation>((all) => (bytes) => all.reduce<Uint8Array>((changed, mutation) => mutation(changed), Uint8Array.from(bytes)));
}
