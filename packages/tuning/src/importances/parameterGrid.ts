import type { Distribution, FloatDistribution, IntDistribution, ParamValue } from '../distribution.js';

/** A parameter's values in cells, at most 50 of a range and one a choice of a list. */
export interface ParameterGrid {
  readonly cells: number;
  /** Whether the cells lie in a row; those of a list have no order. */
  readonly ordered: boolean;
  /** The cell that a value of the distribution falls in. */
  cellOf(value: ParamValue): number;
}

const MOST_CELLS = 50;

/**
 * The cells of a distribution that has more than one value. Those of a range have their centers from its one end to its other, on the logarithm where
 * that is searched.
 *
 * @remarks Optuna's: a logarithmic range of integers has a cell for every doubling up to its size, and one more; a value in the middle of two centers
 * falls in the lower cell.
 */
export function parameterGrid(distribution: Distribution): ParameterGrid {
  if (distribution.kind === 'categorical') {
    const { choices } = distribution;
    return { cells: choices.length, ordered: false, cellOf: (value) => choices.indexOf(value) };
  }
  const place = distribution.log ? Math.log : (value: number) => value;
  const cells = Math.min(countValues(distribution), MOST_CELLS);
  const low = place(distribution.low);
  const width = (place(distribution.high) - low) / (cells - 1);
  return {
    cells,
    ordered: true,
    cellOf: (value) => Math.min(Math.max(Math.ceil((place(value as number) - low) / width - 0.5), 0), cells - 1),
  };
}

function countValues({ kind, low, high, log, step }: FloatDistribution | IntDistribution): number {
  if (kind === 'int' && log) return Math.ceil(Math.log(high - low + 1) / Math.LN2) + 1;
  const stride = step ?? (kind === 'int' ? 1 : undefined);
  return stride === undefined ? Infinity : Math.round((high - low) / stride) + 1;
}
