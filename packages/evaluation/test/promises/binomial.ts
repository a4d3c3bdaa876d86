/** `[n + 1]`, the probability of each number of successes. */
export function binomialMasses(n: number, p: number): number[] {
  let logMass = n * Math.log(1 - p);
  return Array.from({ length: n + 1 }, (_, k) => {
    const mass = Math.exp(logMass);
    logMass += Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p));
    return mass;
  });
}

/** The counts that a binomial leaves below or above with at most half of the rest of `level` each, exactly. */
export function binomialBand(n: number, p: number, level = 0.999): readonly [fewest: number, most: number] {
  let sum = 0;
  const cumulative = binomialMasses(n, p).map((mass) => (sum += mass));
  const rest = (1 - level) / 2;
  return [cumulative.findIndex((below) => below > rest), cumulative.findIndex((below) => below >= 1 - rest)];
}

/** The probability that something holds of a binomial count. */
export function shareOf(n: number, p: number, holds: (count: number) => boolean): number {
  return binomialMasses(n, p).reduce((sum, mass, count) => sum + (holds(count) ? mass : 0), 0);
}
