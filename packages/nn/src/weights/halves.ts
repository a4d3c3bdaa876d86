/** 16-bit floats: IEEE half precision (1 sign, 5 exponent, 10 fraction bits), or the upper half of float32. */
export type HalfType = 'F16' | 'BF16';

/** 16-bit floats as float32, exactly. */
export function widenHalves(bits: Uint16Array, type: HalfType): Float32Array {
  const wide = new Uint32Array(bits.length);
  if (type === 'BF16') for (let i = 0; i < bits.length; i++) wide[i] = bits[i]! << 16;
  else {
    const table = widths();
    for (let i = 0; i < bits.length; i++) wide[i] = table[bits[i]!]!;
  }
  return new Float32Array(wide.buffer);
}

/** float32 as 16-bit floats, rounded to nearest, ties to even. What is too large becomes infinite, and a NaN stays one. */
export function narrowToHalves(values: Float32Array, type: HalfType): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  const narrow = type === 'BF16' ? toBfloat16 : toFloat16;
  for (let i = 0; i < bits.length; i++) halves[i] = narrow(bits[i]!);
  return halves;
}

/** Bits of float32 to those of bfloat16. */
function toBfloat16(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40; // a NaN whose fraction would round away
  return roundShift(bits, 16);
}

/** Bits of float32 to those of IEEE half precision. */
function toFloat16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= LARGEST_HALF) return sign | 0x7c00;
  if (magnitude >= SMALLEST_NORMAL) return sign | roundShift(magnitude - REBIAS, 13); // a carry goes on into the exponent, as it must
  const shift = 126 - (magnitude >>> 23); // subnormal: in units of 2^-24
  return shift > 24 ? sign : sign | roundShift((magnitude & 0x7fffff) | 0x800000, shift);
}

const LARGEST_HALF = 0x477ff000; // 65520, halfway from the largest half to the next
const SMALLEST_NORMAL = 0x38800000; // 2^-14
const REBIAS = (127 - 15) * 2 ** 23;

/** Drops the low bits, rounding to nearest, ties to even. */
function roundShift(bits: number, shift: number): number {
  const rest = (bits & ((2 ** shift - 1) >>> 0)) >>> 0;
  const kept = bits >>> shift;
  const half = 2 ** (shift - 1);
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}

let table: Uint32Array | undefined;

/** Bits of float32 for every half. */
function widths(): Uint32Array {
  return (table ??= new Uint32Array(Float32Array.from({ length: 2 ** 16 }, (_, bits) => widened(bits)).buffer));
}

function widened(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
