/** The beta distribution and what follows from it: tails of the binomial and of Student's t, to some 12 digits. */

/** P(B < x) of a beta variable with these two shapes, both above 0. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2) ? (front * continuedFraction(x, a, b)) / a : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** The x with P(B < x) = `probability`. */
export function betaQuantile(probability: number, a: number, b: number): number {
  return bisect((x) => betaBelow(x, a, b) < probability, 0, 1);
}

/** P(K <= k) of the successes in so many trials. */
export function binomialUpTo(k: number, trials: number, probability: number): number {
  return k >= trials ? 1 : k < 0 ? 0 : betaBelow(1 - probability, trials - k, k + 1);
}

/** P(T > t) of Student's t. */
export function studentTail(t: number, degrees: number): number {
  const beyond = betaBelow(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t < 0 ? 1 - beyond : beyond;
}

/** The t with P(T < t) = `probability`, which is 0.5 or more. */
export function studentQuantile(probability: number, degrees: number): number {
  let high = 1;
  while (studentTail(high, degrees) > 1 - probability) high *= 2;
  return bisect((t) => studentTail(t, degrees) > 1 - probability, 0, high);
}

/** Where `isBelow` turns from true to false, as near as float64 has numbers. */
export function bisect(isBelow: (x: number) => boolean, low: number, high: number): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Stirling's series from 12 on (Abramowitz & Stegun 6.1.41); below, through the recurrence. */
function logGamma(x: number): number {
  let product = 1;
  while (x < 12) product *= x++;
  const square = 1 / (x * x);
  const series =
    (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}

/** Abramowitz & Stegun 26.5.8 by the method of Lentz (Thompson & Barnett 1986, doi:10.1016/0021-9991(86)90046-X). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1, change = 0; Math.abs(change - 1) > 1e-16 && m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    change = d * c;
    fraction *= change;
  }
  return fraction;
}

const awayFromZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
