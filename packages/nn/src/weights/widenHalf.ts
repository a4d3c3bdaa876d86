/**
 * 16-bit floats as float32, exactly.
 *
 * @param bits - IEEE half precision (`F16`: 1 sign, 5 exponent, 10 fraction bits) or the upper half of float32 (`BF16`)
 */
export function widenHalf(bits: Uint16Array, format: 'F16' | 'BF16'): Float32Array {
  if (format === 'F16') return Float32Array.from(bits, half);
  const wide = Uint32Array.from(bits, (b) => b * 2 ** 16);
  return new Float32Array(wide.buffer);
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
