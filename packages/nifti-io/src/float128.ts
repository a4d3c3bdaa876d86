import { MgmtError } from '@mgmt/core';

/**
 * Numbers of 128 bits as the nearest of 64, ties to even: IEEE 754 binary128, as nibabel reads them.
 *
 * The standard calls the type a long double. On x86 that is 80 bits and 48 of padding, and nothing in a file says which it holds. Read as binary128 those
 * are all below 1e-4900, where no measured value lies, so that such numbers are refused and never taken for zero.
 *
 * @throws `MgmtError` `nifti-io/not-exact` for what has no near number of 64 bits
 */
export function float128Array(bytes: Uint8Array, littleEndian: boolean, where: string): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(bytes.length / 16);
  const words = new Uint32Array(numbers.buffer); // each number's lower and upper half
  for (let i = 0; i < numbers.length; i++) {
    const word = (significance: 0 | 1 | 2 | 3) =>
      view.getUint32(16 * i + 4 * (littleEndian ? significance : 3 - significance), littleEndian);
    const [w0, w1, w2, w3] = [word(0), word(1), word(2), word(3)]; // w3: sign (1 bit), exponent (15), fraction (16); the others: fraction (96)
    const exponent = ((w3 >>> 16) & 0x7fff) - 16_383;
    const sign = w3 & 0x80000000;
    const zero = exponent === -16_383 && (w3 & 0xffff) === 0 && w2 === 0 && w1 === 0 && w0 === 0;
    const special = exponent === 16_384; // infinite, or not a number
    if (zero || special) {
      const nan = special && ((w3 & 0xffff) !== 0 || w2 !== 0 || w1 !== 0 || w0 !== 0);
      words[2 * i + 1] = special ? sign | (nan ? 0x7ff80000 : 0x7ff00000) : sign;
      continue;
    }
    const dropped = w1 & 0x0fffffff; // with w0, the 60 bits of fraction that do not fit
    const lower = ((w2 << 4) | (w1 >>> 28)) >>> 0;
    const up = dropped > HALF || (dropped === HALF && (w0 > 0 || (lower & 1) === 1)) ? 1 : 0;
    const carry = up === 1 && lower === 0xffffffff ? 1 : 0;
    const magnitude = (exponent + 1023) * 2 ** 20 + ((((w3 & 0xffff) << 4) | (w2 >>> 28)) + carry);
    if (exponent < -1022 || magnitude >= 0x7ff00000) throw tooFar(i, exponent, where);
    words[2 * i] = lower + up;
    words[2 * i + 1] = sign | magnitude;
  }
  return numbers;
}

const HALF = 0x08000000;

function tooFar(index: number, exponent: number, where: string): MgmtError {
  return new MgmtError(`number ${index} is out of reach of 64 bits`, {
    code: 'nifti-io/not-exact',
    where,
    expected: 'IEEE 754 binary128 of a size between 2.2e-308 and 1.8e308, or zero',
    found: `binary exponent ${exponent}`,
    hint: 'save the image as float64 with the program that wrote it (-16383 is what the 80-bit numbers of x86 computers look like)',
  });
}
