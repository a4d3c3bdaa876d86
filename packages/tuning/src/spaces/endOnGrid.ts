import type { Distribution } from '../distribution.js';

/** The distribution with its end on the grid of its steps, by decimal arithmetic as in Optuna: 0 to 1 by 0.3 ends at 0.9. */
export function endOnGrid(distribution: Distribution): Distribution {
  if (distribution.kind === 'categorical' || distribution.step === undefined) return distribution;
  const { low, high, step } = distribution;
  const [lowest, highest, stride] = toUnits([low, high, step]);
  const beyond = (highest!.units - lowest!.units) % stride!.units;
  if (beyond === 0n) return distribution;
  return { ...distribution, high: Number(`${highest!.units - beyond}e${highest!.exponent}`) };
}

interface Decimal {
  readonly units: bigint;
  readonly exponent: number;
}

/** Numbers as they are written, in units of one power of ten. */
function toUnits(numbers: readonly number[]): readonly Decimal[] {
  const decimals = numbers.map(toDecimal);
  const exponent = Math.min(...decimals.map((decimal) => decimal.exponent));
  return decimals.map((decimal) => ({ units: decimal.units * 10n ** BigInt(decimal.exponent - exponent), exponent }));
}

function toDecimal(number: number): Decimal {
  const [digits, power] = number.toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = digits.split('.') as [string, string?];
  return { units: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
