import * as Plot from '@observablehq/plot';
import { axisX } from '../axes.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { pText, tidy } from '../words.js';
import { mean, requireData } from './predictions.js';

/** Where each seed's predictions lie: as `seedShift` of `@mgmt/evaluation` returns it, with names. */
export interface SeedSpread {
  /** `[seeds]` */
  readonly names: readonly string[];
  /** `[seeds]`, mean prediction. */
  readonly means: ArrayLike<number>;
  /** `[seeds]`, standard deviation of the predictions within the seed. */
  readonly deviations: ArrayLike<number>;
  /** Between the means. */
  readonly deviationOfMeans?: number;
  /** Of "on average, all seeds predict the same". */
  readonly p?: number;
  /** Share of class 1 among the cases: what a model that knows nothing should say. */
  readonly prior: number;
}

/**
 * Mean and spread of each seed's predictions beside the share of class 1 ("the mean of prediction varies significantly with the change of the seed", the
 * paper's section 5), and how far the means lie apart.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function seedSpread({ names, means, deviations, deviationOfMeans, p, prior }: SeedSpread, options: FigureOptions = {}): Figure {
  requireData(names, 'seeds');
  const { width = 720 } = options;
  const seeds = names.map((name, y) => ({ name, y, mean: means[y]!, deviation: deviations[y]!, isAll: false }));
  const all =
    deviationOfMeans === undefined
      ? []
      : [{ name: 'between seeds', y: names.length + 0.35, mean: mean(means), deviation: deviationOfMeans, isAll: true }];
  const rows = [...seeds, ...all];
  const bottom = rows.at(-1)!.y + 0.6;
  const span = { x1: (row: Row) => row.mean - row.deviation, x2: (row: Row) => row.mean + row.deviation, y: 'y' } as const;
  return plotFigure(
    {
      kind: 'seed-spread',
      title: 'Mean and spread of each seed’s predictions',
      caption: `Dots are the mean predictions of models that differ in nothing but the seed, bars reach one standard deviation to both sides. The dashed line is the share of methylated cases, the best guess of a model that knows nothing. Where the dots lie apart by as much as the bars are wide, the level of a prediction says more about the seed than about the patient.${
        p === undefined ? '' : ` That all seeds predict the same on average: ${pText(p)}.`
      }`,
      alt: `Means and standard deviations of predictions by seed, beside the share of class 1, ${prior.toFixed(2)}. ${rows
        .map(
          ({ name, mean, deviation, isAll }) =>
            `${name}: ${isAll ? 'means around' : 'mean'} ${mean.toFixed(2)}, deviation ${deviation.toFixed(2)}.`,
        )
        .join(' ')}`,
      table: {
        columns: columns('seed', 'mean', 'standard deviation'),
        rows: rows.map(({ name, mean, deviation }) => [name, tidy(mean), tidy(deviation)]),
      },
      legend: [
        { label: 'mean and deviation of a seed', mark: 'dot', ink: inks.class0 },
        ...(all.length > 0 ? [{ label: 'of the means', mark: 'diamond' as const, ink: inks.class1 }] : []),
        { label: 'share of methylated cases', mark: 'dashed', ink: inks.muted },
      ],
      plot: {
        width,
        height: 26 + (bottom + 0.6) * 22 + 42,
        marginTop: 26,
        marginBottom: 42,
        marginLeft: LEFT,
        marginRight: RIGHT,
        x: { domain: domainOf(rows, prior) },
        y: { domain: [bottom, -0.6], axis: null },
        marks: [
          axisX('predicted probability of class 1', { ticks: 6 }),
          Plot.gridX({ strokeOpacity: 0.08, ticks: 6 }),
          Plot.ruleX([prior], { stroke: inks.muted, strokeDasharray: '4 3', strokeWidth: 1.25, className: 'prior' }),
          ...(all.length > 0 ? [Plot.ruleY([names.length - 0.35], { strokeOpacity: 0.25, insetLeft: -LEFT, insetRight: -RIGHT })] : []),
          Plot.ruleY(seeds, { ...span, stroke: inks.class0, strokeWidth: 1.25, className: 'deviation' }),
          Plot.dot(seeds, { x: 'mean', y: 'y', r: 3.5, fill: inks.class0, className: 'mean' }),
          Plot.ruleY(all, { ...span, stroke: inks.class1, strokeWidth: 2.75, className: 'between' }),
          Plot.dot(all, { x: 'mean', y: 'y', r: 6, symbol: 'diamond', fill: inks.class1, className: 'middle' }),
          Plot.text(rows, { text: ({ name }) => shorten(name, 20), y: 'y', frameAnchor: 'left', dx: -LEFT, textAnchor: 'start' }),
          Plot.text(rows, {
            text: ({ mean, deviation }) => `${mean.toFixed(2)} ± ${deviation.toFixed(2)}`,
            y: 'y',
            frameAnchor: 'right',
            dx: RIGHT,
            textAnchor: 'end',
            fontVariant: 'tabular-nums',
          }),
          Plot.text(['mean ± deviation'], { frameAnchor: 'top-right', dx: RIGHT, dy: -16, textAnchor: 'end', fill: inks.muted }),
        ],
      },
    },
    options,
  );
}

interface Row {
  readonly mean: number;
  readonly deviation: number;
}

const [LEFT, RIGHT] = [128, 104];

/** All bars and the prior, to the next tenth; of probabilities, so never beyond 0 and 1 unless a bar is. */
function domainOf(rows: readonly Row[], prior: number): [number, number] {
  const ends = [prior, ...rows.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation])].filter(Number.isFinite);
  return [Math.floor(Math.min(...ends) * 10 - 1e-9) / 10, Math.ceil(Math.max(...ends) * 10 + 1e-9) / 10];
}
