import { MgmtError, type Rng } from '@mgmt/core';

/** What is drawn together, and what apart. */
export interface ResampleDesign {
  /** `[n]`, the stratum of each case, as its label: each stratum is resampled to its own size. By default all cases are one. */
  readonly strata?: ArrayLike<string | number>;
  /** `[n]`, the cluster of each case, as its patient: clusters are drawn whole. By default each case is its own. */
  readonly clusters?: ArrayLike<string | number>;
}

/** A source of bootstrap samples. */
export interface Resampler {
  /** `[strata][units][cases]`: what is drawn whole, stratum by stratum. */
  readonly strata: readonly (readonly (readonly number[])[])[];
  /** Draws a sample: how often each case is in it. The array is the same at every call, to be read before the next. */
  draw(): Uint32Array;
}

/** Bootstrap samples of n cases. Throws `MgmtError` `evaluation/length-mismatch`, and `evaluation/mixed-cluster` where one has cases of two strata. */
export function resampler(n: number, { strata, clusters }: ResampleDesign, rng: Rng): Resampler {
  checkLength(n, 'strata', strata);
  checkLength(n, 'clusters', clusters);
  const units = gather([...Array(n).keys()], (i) => clusters?.[i] ?? i);
  const members = [...gather(units.values(), (cases) => stratumOf(cases, strata))]
    .sort(([a], [b]) => (a < b ? -1 : 1)) // the stream must not depend on the order of the cases' strata
    .map(([, ofStratum]) => ofStratum);
  const flat = members.map((ofStratum) => ({
    cases: Uint32Array.from(ofStratum.flat()),
    starts: Uint32Array.from(startsOf(ofStratum)),
  }));
  const times = new Uint32Array(n);
  return {
    strata: members,
    draw() {
      times.fill(0);
      for (const { cases, starts } of flat) {
        const last = starts.length - 2;
        for (let k = 0; k <= last; k++) {
          const unit = rng.integer(0, last);
          for (let c = starts[unit]!; c < starts[unit + 1]!; c++) times[cases[c]!]!++;
        }
      }
      return times;
    },
  };
}

/** The cases of a sample one by one, from how often each is in it. */
export function casesOf(times: Uint32Array): Uint32Array {
  const cases = new Uint32Array(times.reduce((sum, count) => sum + count, 0));
  let k = 0;
  times.forEach((count, i) => {
    cases.fill(i, k, k + count);
    k += count;
  });
  return cases;
}

function gather<T>(items: Iterable<T>, keyOf: (item: T) => string | number): Map<string | number, T[]> {
  const groups = new Map<string | number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function stratumOf(cases: readonly number[], strata: ResampleDesign['strata']): string | number {
  const [first] = cases.map((i) => strata?.[i] ?? 0);
  const other = cases.find((i) => (strata?.[i] ?? 0) !== first);
  if (other === undefined) return first!;
  throw new MgmtError('a cluster has cases of two strata', {
    code: 'evaluation/mixed-cluster',
    expected: 'clusters that lie within a stratum each',
    found: `cases ${cases[0]} and ${other} of one cluster, of strata ${first} and ${strata![other]}`,
    hint: 'draw the clusters without strata',
  });
}

function startsOf(units: readonly (readonly number[])[]): number[] {
  const starts = [0];
  for (const cases of units) starts.push(starts.at(-1)! + cases.length);
  return starts;
}

function checkLength(n: number, name: string, groups: ArrayLike<unknown> | undefined): void {
  if (groups === undefined || groups.length === n) return;
  throw new MgmtError(`every case needs its place among the ${name}`, {
    code: 'evaluation/length-mismatch',
    expected: `${n} ${name}, one a case`,
    found: String(groups.length),
  });
}
