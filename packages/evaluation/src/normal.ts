/** The normal distribution: its upper tail and its quantiles, to some 13 digits. */

/** P(Z > z). The tail itself is computed, not one minus the rest, so that small ones keep their digits. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  return z < 3 ? 0.5 - density(z) * centerSeries(z) : density(z) / tailFraction(z);
}

/** The z with P(Z < z) = `probability`, which lies between 0 and 1. */
export function normalQuantile(probability: number): number {
  return probability < 0.5 ? -tailQuantile(probability) : tailQuantile(1 - probability);
}

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** z + z^3/3 + z^5/(3*5) + …; Marsaglia 2004, doi:10.18637/jss.v011.i04. */
function centerSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** Laplace's continued fraction z + 1/(z + 2/(z + 3/(z + …))); 60 levels are enough from z = 3 on. */
function tailFraction(z: number): number {
  let fraction = z;
  for (let level = 60; level > 0; level--) fraction = z + level / fraction;
  return fraction;
}

/** The z with P(Z > z) = `tail`, at most 0.5: Abramowitz & Stegun 26.2.23 (off by up to 4.5e-4), then two of Halley's steps, each cubing the error. */
function tailQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 2; step++) {
    const newton = (normalTail(z) - tail) / density(z);
    z += newton / (1 - (z * newton) / 2);
  }
  return z;
}
