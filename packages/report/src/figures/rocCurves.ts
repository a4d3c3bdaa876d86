import * as Plot from '@observablehq/plot';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { requireData } from './predictions.js';

/** A receiver operating characteristic, corner by corner from (0, 0) to (1, 1). */
export interface RocLine {
  readonly name: string;
  /** `[n]`, rising: one minus specificity. */
  readonly falsePositiveRate: ArrayLike<number>;
  /** `[n]`, rising: sensitivity. */
  readonly truePositiveRate: ArrayLike<number>;
  readonly auc?: number;
}

/** What a ROC figure shows. */
export interface RocCurves {
  readonly curves: readonly RocLine[];
  /** Drawn bold, over the others. */
  readonly mean?: RocLine;
}

/**
 * The ROC curve of each model, their mean in bold, and the diagonal of chance.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function rocCurves({ curves, mean }: RocCurves, options: FigureOptions = {}): Figure {
  requireData(curves, 'curves');
  const { width = 460 } = options;
  const side = width - LEFT - RIGHT;
  const each = curves.flatMap((curve, z) => corners(curve, z));
  const average = mean ? corners(mean, 0) : [];
  return plotFigure(
    {
      kind: 'roc-curves',
      title: 'ROC curves',
      caption:
        'Sensitivity against the rate of false alarms at every threshold. A useful model bends to the upper left corner; one that guesses follows the diagonal (dashed). Curves that cross it here and there are what chance looks like at this number of cases.',
      alt: `ROC curves of ${curves.length} models${mean ? ' and their mean' : ''} around the diagonal of chance. ${[
        ...curves,
        ...(mean ? [mean] : []),
      ]
        .map(({ name, auc }) => `${name}: AUC ${auc === undefined ? 'not given' : auc.toFixed(2)}.`)
        .join(' ')}`,
      table: {
        columns: columns('model', 'false positive rate', 'true positive rate'),
        rows: [...each, ...average].map(({ name, x, y }) => [name, Number(x.toPrecision(6)), Number(y.toPrecision(6))]),
      },
      legend: [
        { label: 'each model', mark: 'thin', ink: inks.class0 },
        ...(mean ? [{ label: 'mean', mark: 'line' as const, ink: inks.class0 }] : []),
        { label: 'chance', mark: 'dashed', ink: inks.muted },
      ],
      plot: {
        width,
        height: side + TOP + BOTTOM,
        marginLeft: LEFT,
        marginRight: RIGHT,
        marginTop: TOP,
        marginBottom: BOTTOM,
        x: { domain: [0, 1] },
        y: { domain: [0, 1] },
        marks: [
          Plot.gridX({ strokeOpacity: 0.1, ticks: 5 }),
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          Plot.axisX({ label: 'false positive rate (1 − specificity)', labelAnchor: 'center', labelArrow: 'none', tickSize: 4, ticks: 5 }),
          Plot.axisY({ label: 'true positive rate (sensitivity)', labelAnchor: 'center', labelArrow: 'none', tickSize: 4, ticks: 5 }),
          Plot.link([0], {
            x1: 0,
            y1: 0,
            x2: 1,
            y2: 1,
            stroke: inks.muted,
            strokeDasharray: '5 4',
            strokeWidth: 1.25,
            className: 'chance',
          }),
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
      },
    },
    options,
  );
}

const [LEFT, RIGHT, TOP, BOTTOM] = [50, 10, 8, 42];

function corners({ name, falsePositiveRate, truePositiveRate }: RocLine, z: number) {
  return Array.from(falsePositiveRate, (x, i) => ({ name, z, x, y: truePositiveRate[i]! }));
}
