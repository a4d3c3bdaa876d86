import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hashText } from './stableJson.js';

/**
 * Seeded random numbers. A stream is split by name, and a child depends on nothing but the seed and the names on the way to it: not on how many
 * numbers were drawn before, nor from where. So a draw that is added in one place changes no other.
 */
export interface Rng {
  /** The stream of this name below this one. The same name gives the same stream again, from its start. */
  child(name: string | number): Rng;
  /** Uniform in `[low, high)`, 53 random bits; `[0, 1)` by default. */
  uniform(low?: number, high?: number): number;
  /** An integer uniform in `[low, high]`, both ends included. */
  integer(low: number, high: number): number;
  /** Normal, by Box and Muller. Mean 0 and deviation 1 by default. */
  normal(mean?: number, deviation?: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, all equally likely. */
  pick<T>(items: readonly T[]): T;
  /** The items in random order, a new array (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * The root of a run's randomness.
 *
 * @param seed - any number or text; equal seeds give equal streams on every machine
 * @example
 * const augment = rng(7).child('augment').child(epoch);
 * if (augment.chance(0.5)) flip();
 */
export function rng(seed: number | string): Rng {
  return stream(String(seed));
}

function stream(path: string): Rng {
  const generator = xoroshiro128plus(hashText(path));
  const bits = () => generator.next() >>> 0;
  const unit = () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53; // [0, 1)
  const self: Rng = {
    child: (name) => stream(`${path}/${name}`),
    uniform: (low = 0, high = 1) => low + (high - low) * unit(),
    integer: (low, high) => low + Math.floor((high - low + 1) * unit()),
    normal: (mean = 0, deviation = 1) => mean + deviation * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    chance: (probability) => unit() < probability,
    pick: (items) => items[self.integer(0, items.length - 1)]!,
    shuffle(items) {
      const shuffled = [...items];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = self.integer(0, i);
        [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
      }
      return shuffled;
    },
  };
  return self;
}
