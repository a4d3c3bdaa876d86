import * as Plot from '@observablehq/plot';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { counted, tidy } from '../words.js';
import { requireData } from './predictions.js';
import { unitSquare } from '../unitSquare.js';

/** Precision and recall as the threshold falls: as `precisionRecallCurve` of `@mgmt/evaluation` returns them, with a name. */
export interface PrecisionRecallLine {
  readonly name: string;
  /** `[n]`, share of class 1 among the cases at or above the threshold. */
  readonly precisions: ArrayLike<number>;
  /** `[n]`, rising from 0 to 1: share of class 1 at or above the threshold. */
  readonly recalls: ArrayLike<number>;
  readonly averagePrecision?: number;
}

/** What a figure of precision and recall shows. */
export interface PrecisionRecall {
  readonly curves: readonly PrecisionRecallLine[];
  /** Share of class 1 among the cases: the precision of guessing. */
  readonly prevalence: number;
}

/**
 * Precision against recall at every threshold, a line a model, over the precision of guessing.
 *
 * Drawn in steps: between its points the curve is not straight, and the area under the steps is the average precision.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function precisionRecall({ curves, prevalence }: PrecisionRecall, options: FigureOptions = {}): Figure {
  requireData(curves, 'curves');
  const { width = 460 } = options;
  const points = curves.flatMap(({ name, precisions, recalls }, z) =>
    Array.from(recalls, (recall, i) => ({ name, z, recall, precision: precisions[i]! })),
  );
  const alone = curves.length === 1;
  return plotFigure(
    {
      kind: 'precision-recall',
      title: 'Precision and recall',
      caption: `Of the cases that a model calls methylated, how many are (precision), against how many of the methylated it calls so (recall), at every threshold. One that guesses is right in ${prevalence.toFixed(2)} of its calls, the share of methylated cases (dashed), however many it calls. The left end rests on a few cases and says little.`,
      alt: `Precision-recall curves of ${counted(curves.length, 'model')} around the precision of guessing, ${prevalence.toFixed(2)}. ${curves
        .map(({ name, averagePrecision }) => `${name}: average precision ${averagePrecision?.toFixed(2) ?? 'not given'}.`)
        .join(' ')}`,
      table: {
        columns: columns('model', 'recall', 'precision'),
        rows: points.map(({ name, recall, precision }) => [name, tidy(recall), tidy(precision)]),
      },
      legend: [
        { label: alone ? 'model' : 'each model', mark: alone ? 'line' : 'thin', ink: inks.class0 },
        { label: 'guessing', mark: 'dashed', ink: inks.muted },
      ],
      plot: unitSquare({
        width,
        xLabel: 'recall (sensitivity)',
        yLabel: 'precision (positive predictive value)',
        marks: [
          Plot.ruleY([prevalence], { stroke: inks.muted, strokeDasharray: '5 4', strokeWidth: 1.25, className: 'guessing' }),
          Plot.line(points, {
            x: 'recall',
            y: 'precision',
            z: 'z',
            title: 'name',
            curve: 'step-before',
            stroke: inks.class0,
            strokeWidth: alone ? 2.5 : 1,
            strokeOpacity: alone ? 1 : 0.6,
            className: 'curve',
          }),
        ],
      }),
    },
    options,
  );
}
