import * as Plot from '@observablehq/plot';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { tidy } from '../words.js';
import { requireData } from './predictions.js';
import { diagonal, unitSquare } from '../unitSquare.js';

/** A receiver operating characteristic, corner by corner from (0, 0) to (1, 1). */
export interface RocLine {
  readonly name: string;
  /** `[n]`, rising: one minus specificity. */
  readonly falsePositiveRate: ArrayLike<number>;
  /** `[n]`, rising: sensitivity. */
  readonly truePositiveRate: ArrayLike<number>;
  readonly auc?: number;
  /** Where the true curve lies at each rate of false alarms, nineteen times in twenty. */
  readonly band?: RocBand;
}

/** A pointwise 95 % interval of a curve's sensitivity. */
export interface RocBand {
  /** `[n]`, rising. */
  readonly falsePositiveRate: ArrayLike<number>;
  /** `[n]` */
  readonly low: ArrayLike<number>;
  /** `[n]` */
  readonly high: ArrayLike<number>;
}

/** What a ROC figure shows. */
export interface RocCurves {
  readonly curves: readonly RocLine[];
  /** Drawn bold, over the others. */
  readonly mean?: RocLine;
}

/**
 * The ROC curve of each model, their mean in bold, the diagonal of chance, and a band around each line that brings one.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function rocCurves({ curves, mean }: RocCurves, options: FigureOptions = {}): Figure {
  requireData(curves, 'curves');
  const { width = 460 } = options;
  const each = curves.flatMap((curve, z) => corners(curve, z));
  const average = mean ? corners(mean, 0) : [];
  const bands = [...curves, ...(mean ? [mean] : [])].flatMap(bandOf);
  return plotFigure(
    {
      kind: 'roc-curves',
      title: 'ROC curves',
      caption:
        'Sensitivity against the rate of false alarms at every threshold. A useful model bends to the upper left corner; one that guesses follows the diagonal (dashed). Curves that cross it here and there are what chance looks like at this number of cases.' +
        (bands.length > 0 ? ' The shaded band is the 95 % interval of the sensitivity at each rate of false alarms.' : ''),
      alt: `ROC curves of ${curves.length} models${mean ? ' and their mean' : ''} around the diagonal of chance${bands.length > 0 ? ', with a band of 95 % intervals' : ''}. ${[
        ...curves,
        ...(mean ? [mean] : []),
      ]
        .map(({ name, auc }) => `${name}: AUC ${auc === undefined ? 'not given' : auc.toFixed(2)}.`)
        .join(' ')}`,
      table: {
        columns: columns('model', 'false positive rate', 'true positive rate', 'low', 'high'),
        rows: [
          ...[...each, ...average].map(({ name, x, y }) => [name, tidy(x), tidy(y), null, null]),
          ...bands.map(({ name, x, low, high }) => [name, tidy(x), null, tidy(low), tidy(high)]),
        ],
      },
      legend: [
        { label: 'each model', mark: 'thin', ink: inks.class0 },
        ...(mean ? [{ label: 'mean', mark: 'line' as const, ink: inks.class0 }] : []),
        ...(bands.length > 0 ? [{ label: '95 % interval', mark: 'area' as const, ink: inks.class0 }] : []),
        { label: 'chance', mark: 'dashed', ink: inks.muted },
      ],
      plot: unitSquare({
        width,
        xLabel: 'false positive rate (1 − specificity)',
        yLabel: 'true positive rate (sensitivity)',
        marks: [
          Plot.areaY(bands, { x: 'x', y1: 'low', y2: 'high', z: 'z', fill: inks.class0, fillOpacity: 0.15, className: 'band' }),
          diagonal('chance'),
          Plot.line(each, {
            x: 'x',
            y: 'y',
            z: 'z',
            title: 'name',
            stroke: inks.class0,
            strokeWidth: 1,
            strokeOpacity: 0.6,
            className: 'roc',
          }),
          Plot.line(average, {
            x: 'x',
            y: 'y',
            z: 'z',
            title: 'name',
            stroke: inks.class0,
            strokeWidth: 3,
            strokeLinejoin: 'round',
            className: 'mean',
          }),
        ],
      }),
    },
    options,
  );
}

function corners({ name, falsePositiveRate, truePositiveRate }: RocLine, z: number) {
  return Array.from(falsePositiveRate, (x, i) => ({ name, z, x, y: truePositiveRate[i]! }));
}

function bandOf({ name, band }: RocLine, z: number) {
  if (!band) return [];
  return Array.from(band.falsePositiveRate, (x, i) => ({ name, z, x, low: band.low[i]!, high: band.high[i]! }));
}
