import type { Rng } from '@mgmt/core';

/**
 * A generator of 32-bit numbers, signed, seeded from `random`: Bob Jenkins's small fast counter generator, which passes PractRand. For numbers in bulk:
 * drawing them from `random` one by one takes ten times as long.
 */
export function sfc32(random: Rng): () => number {
  const word = () => random.integer(-(2 ** 31), 2 ** 31 - 1);
  let [a, b, c, counter] = [word(), word(), word(), 1];
  return () => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out;
  };
}
