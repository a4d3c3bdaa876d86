/** What a parameter may be: a range or a list, as Optuna's distributions of the same names. */
export type Distribution = FloatDistribution | IntDistribution | CategoricalDistribution;

/** Real numbers in `[low, high]`. */
export interface FloatDistribution {
  readonly kind: 'float';
  readonly low: number;
  readonly high: number;
  /** Equal shares of the search go to equal ratios; `low` is then above 0. Not together with `step`. */
  readonly log?: boolean;
  /** Only `low`, `low + step`, `low + 2 step`, …, at most `high`. */
  readonly step?: number;
}

/** Integers in `[low, high]`. */
export interface IntDistribution {
  readonly kind: 'int';
  readonly low: number;
  readonly high: number;
  /** Equal shares of the search go to equal ratios; `low` is then at least 1. Not together with a `step` other than 1. */
  readonly log?: boolean;
  /** 1 by default. */
  readonly step?: number;
}

/** One of a list without order. */
export interface CategoricalDistribution {
  readonly kind: 'categorical';
  readonly choices: readonly ParamValue[];
}

/** A value of a parameter. */
export type ParamValue = number | string | boolean | null;

/** Parameters by name. */
export type Params = Readonly<Record<string, ParamValue>>;

/** What each parameter of a trial, or of a whole search, may be. */
export type SearchSpace = Readonly<Record<string, Distribution>>;
