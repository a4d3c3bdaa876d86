import * as Plot from '@observablehq/plot';
import { axisX } from '../axes.js';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { pText, tidy } from '../words.js';
import { requireData, type HistogramBars } from './predictions.js';

/** An AUC among those that chance makes: as `aucPermutationTest` of `@mgmt/evaluation` returns it with `keepNull`, and a histogram of its `nullDistribution`. */
export interface PermutationNull {
  /** AUCs of the same scores with the labels dealt anew. */
  readonly histogram: HistogramBars;
  /** The AUC with the true labels. */
  readonly statistic: number;
  readonly p: number;
  /** How many deals there were. */
  readonly arrangements: number;
}

/**
 * The AUCs that the same scores reach by chance, and the one that was observed.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function permutationNull({ histogram, statistic: observed, p, arrangements }: PermutationNull, options: FigureOptions = {}): Figure {
  requireData(histogram.density, 'bars');
  const { width = 460 } = options;
  const { edges, density } = histogram;
  const peak = Math.max(Number.MIN_VALUE, ...Array.from(density));
  const side = observed < 0.5 ? -1 : 1;
  const bars = Array.from(density, (value, i) => ({ x1: edges[i]!, x2: edges[i + 1]!, y: value / peak })).filter(({ y }) => y > 0);
  const beyond = bars.flatMap((bar) => {
    const [x1, x2] = side > 0 ? [Math.max(bar.x1, observed), bar.x2] : [bar.x1, Math.min(bar.x2, observed)];
    return x1 < x2 ? [{ x1, x2, y: bar.y }] : [];
  });
  const ends: [number, number] = [Math.min(edges[0]!, observed), Math.max(edges[edges.length - 1]!, observed)];
  const middle = (ends[0] + ends[1]) / 2;
  return plotFigure(
    {
      kind: 'permutation-null',
      title: 'The AUC among those of chance',
      caption: `The bars are AUCs of the same predictions with the labels dealt at random, ${arrangements.toLocaleString('en-US')} times; the line is the AUC with the true labels. What is dark lies at least as far out on that side. A line among the bars is what chance gives; ${pText(p)} (both sides).`,
      alt: `Histogram of ${arrangements} AUCs under permuted labels, with the observed AUC of ${observed.toFixed(3)}; ${pText(p)}.`,
      table: {
        columns: columns('from', 'to', 'density', 'observed AUC', 'p'),
        rows: Array.from(density, (value, i) => [tidy(edges[i]!), tidy(edges[i + 1]!), tidy(value), observed, p]),
      },
      legend: [
        { label: 'labels at random', mark: 'area', ink: inks.class0 },
        { label: 'true labels', mark: 'tick', ink: inks.class1 },
      ],
      plot: {
        width,
        height: 260,
        marginTop: 30,
        marginBottom: 42,
        marginLeft: 10,
        marginRight: 10,
        x: { domain: ends },
        y: { domain: [0, 1.04], axis: null },
        marks: [
          axisX('AUC', { ticks: 6 }),
          Plot.rect(bars, { x1: 'x1', x2: 'x2', y1: 0, y2: 'y', fill: inks.class0, fillOpacity: 0.3, inset: 0.4, className: 'bars' }),
          Plot.rect(beyond, { x1: 'x1', x2: 'x2', y1: 0, y2: 'y', fill: inks.class0, fillOpacity: 0.55, inset: 0.4, className: 'beyond' }),
          Plot.ruleY([0], { strokeOpacity: 0.6 }),
          Plot.ruleX([observed], { stroke: inks.class1, strokeWidth: 2.25, insetTop: -4, className: 'observed' }),
          Plot.text([`${observed.toFixed(3)}, ${pText(p)}`], {
            x: () => observed,
            y: () => 1.04,
            dy: -14,
            dx: observed < middle ? -4 : 4,
            textAnchor: observed < middle ? 'start' : 'end',
            fontWeight: 600,
            fontVariant: 'tabular-nums',
          }),
        ],
      },
    },
    options,
  );
}
