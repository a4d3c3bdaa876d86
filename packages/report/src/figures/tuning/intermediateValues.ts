import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../../axes.js';
import { columns } from '../../dataTable.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import { plotFigure } from '../../plotFigure.js';
import { counted } from '../../words.js';
import { requireData } from '../predictions.js';
import { numberText } from './paramAxis.js';
import { goalText, roomAround, type TunedStudy } from './tunedStudy.js';

/**
 * What each trial reported on its way, a line a trial; those that were pruned end in a triangle, the best one is heavy.
 *
 * @throws `MgmtError` `report/no-data` where no trial reported a finite value, `report/bad-id`
 */
export function intermediateValues(study: TunedStudy, options: FigureOptions = {}): Figure {
  const { width = 720 } = options;
  const points = study.trials.flatMap(({ number, state, intermediate }) =>
    intermediate.map(({ step, value }) => ({ number, state, step, value })).filter(({ value }) => Number.isFinite(value)),
  );
  requireData(points, 'intermediate values');
  const reporting = new Set(points.map(({ number }) => number));
  const others = points.filter(({ number, state }) => number !== study.best && state !== 'pruned');
  const pruned = points.filter(({ state }) => state === 'pruned');
  const best = points.filter(({ number }) => number === study.best);
  const ends = [...new Map(pruned.map((point) => [point.number, point])).values()];
  const steps = points.map(({ step }) => step);
  const line = (data: typeof points, style: Plot.LineOptions) =>
    Plot.line(data, {
      x: 'step',
      y: 'value',
      z: 'number',
      title: ({ number }: { number: number }) => `trial ${number}`,
      strokeLinejoin: 'round',
      ...style,
    });
  return plotFigure(
    {
      kind: 'intermediate-values',
      title: 'What the trials reported on their way',
      caption: `A line a trial (${goalText(study)}). Pruned ones end in a triangle: the rule stopped them since they stood behind the others at that step. Look for lines that cross late: a rule that prunes before they do throws away good trials.`,
      alt: `Reported values of ${counted(reporting.size, 'trial')} over ${counted(new Set(steps).size, 'step')}, ${ends.length} of them pruned. ${
        best.length > 0
          ? `The best, trial ${study.best}, ends at ${numberText(best.at(-1)!.value)}.`
          : 'The best trial reported nothing, or there is none.'
      }`,
      table: {
        columns: columns('trial', 'state', 'step', 'value'),
        rows: points.map(({ number, state, step, value }) => [number, state, step, value]),
      },
      legend: [
        ...(others.length > 0 ? [{ label: 'each trial', mark: 'thin' as const, ink: inks.class0 }] : []),
        ...(ends.length > 0 ? [{ label: 'pruned', mark: 'triangle' as const, ink: inks.muted }] : []),
        ...(best.length > 0 ? [{ label: 'best', mark: 'line' as const, ink: inks.class1 }] : []),
      ],
      plot: {
        width,
        height: 300,
        marginLeft: 56,
        marginRight: 16,
        marginTop: 8,
        marginBottom: 42,
        x: { domain: [Math.min(...steps), Math.max(Math.min(...steps) + 1, ...steps)] },
        y: { domain: roomAround(points.map(({ value }) => value)), nice: false },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('step', { ticks: 8, tickFormat: (n: number) => (Number.isInteger(n) ? String(n) : '') }),
          axisY('reported value', { tickSize: 0, ticks: 5 }),
          line(pruned, { stroke: inks.muted, strokeOpacity: 0.7, strokeWidth: 1, className: 'pruned' }),
          line(others, { stroke: inks.class0, strokeOpacity: 0.6, strokeWidth: 1, className: 'trial' }),
          Plot.dot(ends, { x: 'step', y: 'value', r: 3.5, symbol: 'triangle', rotate: 180, fill: inks.muted, className: 'end' }),
          line(best, { stroke: inks.class1, strokeWidth: 2.5, className: 'best' }),
        ],
      },
    },
    options,
  );
}
