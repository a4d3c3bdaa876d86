/** The standard normal distribution in logarithms, so that its tails keep their digits: to some 14 of them. */

/** log P(Z < z). */
export function logNormalBelow(z: number): number {
  return z < 0 ? Math.log(scaledTail(-z)) - (z * z) / 2 : Math.log1p(-Math.exp((-z * z) / 2) * scaledTail(z));
}

/** log P(a < Z < b), where `a` lies below `b`. */
export function logNormalBetween(a: number, b: number): number {
  if (a > 0) return logNormalBetween(-b, -a); // the left tail is the exact one
  if (b > 0) return Math.log1p(-lowerTail(a) - lowerTail(-b));
  const outer = logNormalBelow(b);
  return outer + Math.log1p(-Math.exp(logNormalBelow(a) - outer));
}

/**
 * The z between `a` and `b` with P(a < Z < z) = `share` P(a < Z < b): a draw of the truncated normal distribution, when `share` is uniform in [0, 1].
 */
export function truncatedNormalQuantile(share: number, a: number, b: number): number {
  if (a > 0) return -truncatedNormalQuantile(1 - share, -b, -a);
  const left = logNormalBelow(a);
  const inside = Math.log(share) + logNormalBetween(a, b);
  const larger = Math.max(left, inside);
  const z = logNormalQuantile(larger + Math.log(Math.exp(left - larger) + Math.exp(inside - larger)));
  return Math.min(Math.max(z, a), b);
}

/** The z with log P(Z < z) = `logBelow`. Abramowitz & Stegun 26.2.23 (off by up to 4.5e-4), then Newton's steps on the logarithm. */
function logNormalQuantile(logBelow: number): number {
  if (logBelow >= 0) return Infinity;
  if (logBelow > -Math.LN2) return -logNormalQuantile(Math.log(-Math.expm1(logBelow)));
  const t = Math.sqrt(-2 * logBelow);
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 3; step++) z -= (logNormalBelow(z) - logBelow) * scaledTail(-z) * Math.sqrt(2 * Math.PI);
  return z;
}

/** P(Z < z) for z up to 0. */
const lowerTail = (z: number) => Math.exp((-z * z) / 2) * scaledTail(-z);

/**
 * P(Z > z) exp(z²/2) for z from 0 on: half the scaled complementary error function, by the rational approximations of Cody 1969,
 * doi:10.1090/S0025-5718-1969-0247736-4.
 */
function scaledTail(z: number): number {
  const x = z * Math.SQRT1_2;
  if (x <= 0.46875) return 0.5 * Math.exp(x * x) * (1 - x * ratio(x * x, CENTER));
  if (x <= 4) return 0.5 * ratio(x, SHOULDER);
  const y = 1 / (x * x);
  return (0.5 / x) * (1 / Math.sqrt(Math.PI) - y * ratio(y, TAIL));
}

/** A polynomial by another. */
function ratio(x: number, { above, below }: Ratio): number {
  let numerator = 0;
  for (let i = 0; i < above.length; i++) numerator = numerator * x + above[i]!;
  let denominator = 1;
  for (let i = 0; i < below.length; i++) denominator = denominator * x + below[i]!;
  return numerator / denominator;
}

/** Coefficients of the highest power first; below, that of the very highest is 1 and left out. */
interface Ratio {
  readonly above: readonly number[];
  readonly below: readonly number[];
}

const CENTER: Ratio = {
  above: [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694],
  below: [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
};

const SHOULDER: Ratio = {
  above: [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
    1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
  ],
  below: [
    15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247, 3439.3676741437216,
    1230.3393548037495,
  ],
};

const TAIL: Ratio = {
  above: [0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378],
  below: [2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918],
};
