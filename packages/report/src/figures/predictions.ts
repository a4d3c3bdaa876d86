import { MgmtError } from '@mgmt/core';
import { inks } from '../inks.js';

/** A histogram as densities: bar `i` stands over `[edges[i], edges[i + 1])`. */
export interface HistogramBars {
  /** `[n + 1]`, rising. */
  readonly edges: ArrayLike<number>;
  /** `[n]`, areas sum to one. */
  readonly density: ArrayLike<number>;
}

/** An estimated density at points on the axis. */
export interface DensityCurve {
  /** `[n]`, rising. */
  readonly x: ArrayLike<number>;
  /** `[n]` */
  readonly density: ArrayLike<number>;
}

/** The predictions for the cases of one class, with their distribution as the caller estimated it. */
export interface PredictionGroup {
  /** `null`: the cases have no label. */
  readonly label: 0 | 1 | null;
  /** `[cases]`, probabilities of class 1. */
  readonly scores: ArrayLike<number>;
  readonly histogram: HistogramBars;
  readonly kde: DensityCurve;
}

/** The predictions of one model: a seed, a fold, an architecture. */
export interface PredictionPanel {
  readonly name: string;
  /** A number worth having beside the name: `AUC 0.53`. */
  readonly note?: string;
  readonly groups: readonly PredictionGroup[];
}

/** How a class is named and drawn, everywhere. The dash keeps the two apart where there is no color. */
export function groupStyle(label: PredictionGroup['label']): {
  readonly name: string;
  readonly className: string;
  readonly ink: string;
  readonly dash?: string;
} {
  switch (label) {
    case 0:
      return { name: 'unmethylated (class 0)', className: 'class0', ink: inks.class0, dash: '5 2' };
    case 1:
      return { name: 'methylated (class 1)', className: 'class1', ink: inks.class1 };
    case null:
      return { name: 'without label', className: 'unlabeled', ink: inks.unlabeled };
    default:
      return label satisfies never;
  }
}

/** The labels that occur, class 0 first. */
export function labelsIn(panels: readonly PredictionPanel[]): PredictionGroup['label'][] {
  const present = new Set(panels.flatMap(({ groups }) => groups.map(({ label }) => label)));
  return ([0, 1, null] as const).filter((label) => present.has(label));
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Highest point of a panel's bars and curves: what its height is scaled to. */
export function peakOf({ groups }: PredictionPanel): number {
  return Math.max(
    Number.MIN_VALUE,
    ...groups.flatMap(({ histogram, kde }) => [...Array.from(histogram.density), ...Array.from(kde.density)]),
  );
}

/**
 * A figure of nothing is a mistake of the caller's.
 *
 * @throws `MgmtError` `report/no-data`
 */
export function requireData(data: ArrayLike<unknown>, what: string): void {
  if (data.length > 0) return;
  throw new MgmtError(`a figure needs ${what}`, { code: 'report/no-data', expected: 'at least one', found: 'none' });
}
