import * as Plot from '@observablehq/plot';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { seriesStyle } from '../series.js';
import { counted, tidy } from '../words.js';
import { requireData } from './predictions.js';
import { diagonal, unitSquare } from '../unitSquare.js';

/** The p-values of one test over many data sets. */
export interface PValues {
  readonly name: string;
  /** `[n]`, in [0, 1], in any order. */
  readonly values: ArrayLike<number>;
}

/**
 * Sorted p-values against the ones expected where there is nothing to find: a test that keeps its promise follows the diagonal.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 * @remarks The band is Kolmogorov and Smirnov's at 95 %, by Stephens 1970 (doi:10.1111/j.2517-6161.1970.tb00821.x), for the shortest of the series: a line
 * of uniform values stays inside from end to end nineteen times in twenty.
 */
export function pValuePlot(series: readonly PValues[], options: FigureOptions = {}): Figure {
  requireData(series, 'p-values');
  for (const { values } of series) requireData(values, 'p-values');
  const { width = 460 } = options;
  const sorted = series.map(({ name, values }, i) => ({ name, ...seriesStyle(i), points: quantiles(name, values) }));
  const fewest = Math.min(...sorted.map(({ points }) => points.length));
  const reach = Math.min(1, widestStray(fewest));
  const band = [
    { x: 0, low: 0, high: reach },
    { x: reach, low: 0, high: Math.min(1, 2 * reach) },
    { x: 1 - reach, low: Math.max(0, 1 - 2 * reach), high: 1 },
    { x: 1, low: 1 - reach, high: 1 },
  ].sort((a, b) => a.x - b.x);
  return plotFigure(
    {
      kind: 'p-value-plot',
      title: 'p-values where there is nothing to find',
      caption:
        'The p-values in order, against those expected where there is nothing to find. On the diagonal (dashed) five in a hundred lie below 0.05, as promised; below it the test cries wolf, above it it is timid. The band holds the whole line nineteen times in twenty.',
      alt: `Sorted p-values against uniform ones around the diagonal. ${sorted
        .map(({ name, points }) => {
          const below = points.filter(({ found }) => found <= 0.05).length / points.length;
          return `${name}: ${counted(points.length, 'value')}, ${(100 * below).toFixed(1)} % at or below 0.05.`;
        })
        .join(' ')}`,
      table: {
        columns: columns('test', 'expected', 'found'),
        rows: sorted.flatMap(({ points }) => points.map(({ name, expected, found }) => [name, tidy(expected), tidy(found)])),
      },
      legend: [
        ...sorted.map(({ name, ink, dash }) => ({ label: shorten(name, 24), mark: 'line' as const, ink, dash })),
        { label: 'as promised', mark: 'dashed', ink: inks.muted },
      ],
      plot: unitSquare({
        width,
        xLabel: 'p-value expected',
        yLabel: 'p-value found',
        marks: [
          Plot.areaY(band, { x: 'x', y1: 'low', y2: 'high', fill: inks.muted, fillOpacity: 0.14, className: 'band' }),
          diagonal('promised'),
          ...sorted.map(({ points, ink, dash }) =>
            Plot.line(points, {
              x: 'expected',
              y: 'found',
              title: 'name',
              stroke: ink,
              strokeWidth: 2,
              strokeDasharray: dash,
              className: 'found',
            }),
          ),
        ],
      }),
    },
    options,
  );
}

function quantiles(name: string, values: ArrayLike<number>) {
  const sorted = Float64Array.from(values).sort();
  return Array.from(sorted, (found, i) => ({ name, found, expected: (i + 0.5) / sorted.length }));
}

/** How far the distribution of `n` uniform values strays from the diagonal at its worst, exceeded once in twenty. */
function widestStray(n: number): number {
  return 1.358 / (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n));
}
