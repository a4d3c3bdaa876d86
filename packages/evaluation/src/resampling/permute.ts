import { MgmtError, type Rng } from '@mgmt/core';

/** How the arrangements of a permutation test are gone through. */
export interface PermutationOptions<Keep extends boolean = boolean> {
  /**
   * The most arrangements that are looked at; 9,999 by default. Where there are no more than that, all are, and the test is exact; else so many are drawn.
   */
  readonly permutations?: number;
  /** Which results count as extreme: those as large as the observed (`greater`), as small (`less`), or the likelier of both twice (the default). */
  readonly alternative?: 'two-sided' | 'greater' | 'less';
  /** Also gives what each arrangement came to, as for a figure; not by default, since it is as long as there are arrangements. */
  readonly keepNull?: Keep;
  /** Where the draws come from; equal streams give equal p-values. */
  readonly rng: Rng;
}

/** What a permutation test found, with the null distribution where that was kept. */
export type PermutationResult<Keep extends boolean = false> = PermutationFinding & (Keep extends true ? PermutationNull : unknown);

/** The statistic and its place among those of the arrangements. */
export interface PermutationFinding {
  readonly statistic: number;
  /** In (0, 1]: 1 at least over the number of arrangements, since the observed one is among them. */
  readonly p: number;
  /** Whether all arrangements were looked at. */
  readonly exact: boolean;
  /** How many were. */
  readonly arrangements: number;
}

/** What the arrangements of a permutation test came to. */
export interface PermutationNull {
  /** `[arrangements]`, the statistic of each, as p counts them: where they were drawn, the observed one comes first. */
  readonly nullDistribution: readonly number[];
}

/** Arrangements, all of them or drawn ones. Each array is the same at every step, to be read before the next. */
export interface Arrangements {
  readonly exact: boolean;
  readonly each: Iterable<Uint8Array>;
}

/** The ways to deal out labels: all, where they are at most so many, else so many drawn ones. */
export function labelings(labels: Uint8Array, most: number, rng: Rng): Arrangements {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return choose(labels.length, positives) <= most
    ? { exact: true, each: combinations(labels.length, positives) }
    : { exact: false, each: shuffles(labels, most, rng) };
}

/** The ways to swap within pairs, 1 where a pair is swapped: all, where they are at most so many, else so many drawn ones. */
export function swaps(pairs: number, most: number, rng: Rng): Arrangements {
  return 2 ** pairs <= most ? { exact: true, each: binaryNumbers(pairs) } : { exact: false, each: coins(pairs, most, rng) };
}

/**
 * The p-value of an observed value among those of arrangements. Drawn ones do not hold the observed arrangement, so it is added to them (Phipson & Smyth
 * 2010, doi:10.2202/1544-6115.1585): the test then holds its level exactly. Differences of rounding count as ties.
 */
export function permutationResult<Keep extends boolean = false>(
  observed: number,
  { exact, each }: Arrangements,
  statistic: (arrangement: Uint8Array) => number,
  { alternative = 'two-sided', keepNull }: Pick<PermutationOptions<Keep>, 'alternative' | 'keepNull'>,
): PermutationResult<Keep> {
  const values = [checked(observed)];
  for (const arrangement of each) values.push(checked(statistic(arrangement)));
  const near = 1e-12 * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (exact) values.shift();
  const greater = values.filter((value) => value >= observed - near).length / values.length;
  const less = values.filter((value) => value <= observed + near).length / values.length;
  const p = { greater, less, 'two-sided': Math.min(1, 2 * Math.min(greater, less)) }[alternative];
  const found = { statistic: observed, p, exact, arrangements: values.length, ...(keepNull && { nullDistribution: values }) };
  return found as PermutationFinding as PermutationResult<Keep>; // the compiler does not connect the option with the type
}

function checked(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new MgmtError('the statistic of an arrangement is not a number', {
    code: 'evaluation/undefined-statistic',
    expected: 'a finite number',
    found: String(value),
  });
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) ways = (ways * (n - i + 1)) / i;
  return ways;
}

function* combinations(n: number, k: number): Generator<Uint8Array> {
  const chosen = Array.from({ length: k }, (_, i) => i);
  const arrangement = new Uint8Array(n);
  for (;;) {
    arrangement.fill(0);
    for (const i of chosen) arrangement[i] = 1;
    yield arrangement;
    let last = k - 1;
    while (last >= 0 && chosen[last] === n - k + last) last--;
    if (last < 0) return;
    chosen[last]!++;
    for (let i = last + 1; i < k; i++) chosen[i] = chosen[i - 1]! + 1;
  }
}

function* shuffles(labels: Uint8Array, count: number, rng: Rng): Generator<Uint8Array> {
  const arrangement = labels.slice();
  for (let drawn = 0; drawn < count; drawn++) {
    for (let i = arrangement.length - 1; i > 0; i--) {
      const j = rng.integer(0, i);
      const label = arrangement[i]!;
      arrangement[i] = arrangement[j]!;
      arrangement[j] = label;
    }
    yield arrangement;
  }
}

function* binaryNumbers(digits: number): Generator<Uint8Array> {
  const arrangement = new Uint8Array(digits);
  for (let number = 0; number < 2 ** digits; number++) {
    for (let digit = 0; digit < digits; digit++) arrangement[digit] = Math.floor(number / 2 ** digit) % 2;
    yield arrangement;
  }
}

function* coins(count: number, draws: number, rng: Rng): Generator<Uint8Array> {
  const arrangement = new Uint8Array(count);
  for (let drawn = 0; drawn < draws; drawn++) {
    for (let i = 0; i < count; i++) arrangement[i] = rng.integer(0, 1);
    yield arrangement;
  }
}
