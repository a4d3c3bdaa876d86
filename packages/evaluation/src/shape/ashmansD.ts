import type { GaussianComponent } from './twoGaussians.js';

/**
 * How far two hills lie apart, in their root mean square deviation times the square root of two: above 2 a mixture of two equally common ones shows
 * two peaks.
 *
 * @param a - one component, as {@link twoGaussians} finds it
 * @param b - the other
 * @returns 0 or more; Infinity where neither has a width and they differ, 0 where they are the same
 * @remarks Ashman, Bird & Zepf 1994, doi:10.1086/117248, equation 16.
 */
export function ashmansD(a: Omit<GaussianComponent, 'weight'>, b: Omit<GaussianComponent, 'weight'>): number {
  const distance = Math.abs(a.mean - b.mean);
  return distance === 0 ? 0 : (Math.SQRT2 * distance) / Math.hypot(a.deviation, b.deviation);
}
