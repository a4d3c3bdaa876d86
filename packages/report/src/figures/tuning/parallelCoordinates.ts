import * as Plot from '@observablehq/plot';
import { columns } from '../../dataTable.js';
import { shorten } from '../../escape.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import { plotFigure } from '../../plotFigure.js';
import { counted } from '../../words.js';
import { requireData } from '../predictions.js';
import { numberText, paramAxis, type ParamAxis } from './paramAxis.js';
import { cellOf } from './parameterSlices.js';
import { completeTrials, goalText, type TunedStudy } from './tunedStudy.js';

/**
 * A line a complete trial through its parameters to its value: the best tenth, at least one, in color over the others. A line leaves out what a trial did
 * not have.
 *
 * @throws `MgmtError` `report/no-data` (no parameter; no complete trial with a value), `report/bad-id`
 */
export function parallelCoordinates(study: TunedStudy, options: FigureOptions = {}): Figure {
  const names = Object.keys(study.parameters);
  requireData(names, 'parameters');
  const sign = study.direction === 'minimize' ? 1 : -1;
  const trials = completeTrials(study).sort((a, b) => sign * (a.value - b.value));
  requireData(trials, 'complete trials with a value');
  const { width = 720 } = options;
  const values = trials.map(({ value }) => value);
  const valueAxis = paramAxis({ kind: 'float', low: Math.min(...values), high: Math.max(...values) });
  const axes: { readonly name: string; readonly axis: ParamAxis }[] = [
    ...names.map((name) => ({ name, axis: paramAxis(study.parameters[name]!) })),
    { name: 'value', axis: valueAxis },
  ];
  const good = Math.max(1, Math.round(trials.length / 10));
  const points = trials.flatMap(({ number, params, value }, rank) =>
    axes
      .map(({ name, axis }, x) => ({ number, rank, x, y: x === names.length ? axis.place(value) : axis.place(params[name]) }))
      .filter(({ y }) => Number.isFinite(y)),
  );
  const ticks = axes.flatMap(({ axis }, x) => axis.ticks.map(({ at, text }) => ({ x, y: at, text })));
  const letters = Math.max(4, Math.floor((width - LEFT - RIGHT) / Math.max(1, names.length) / 6.5));
  const line = (data: typeof points, style: Plot.LineOptions) =>
    Plot.line(data, {
      x: 'x',
      y: 'y',
      z: 'number',
      title: ({ number }: { number: number }) => `trial ${number}`,
      strokeLinejoin: 'round',
      ...style,
    });
  return plotFigure(
    {
      kind: 'parallel-coordinates',
      title: 'Trials through their parameters',
      caption: `A line a trial, through what it had for each parameter to its value at the right (${goalText(study)}). In color the best ${good === 1 ? 'one' : good}: where these lines bundle, the good trials agree; where they spread, the parameter was free.`,
      alt: `${counted(trials.length, 'complete trial')} through ${counted(names.length, 'parameter')}: ${names.join(', ')}. Best value ${numberText(values[0]!)}, worst ${numberText(values.at(-1)!)}.`,
      table: {
        columns: columns('trial', 'value', ...names),
        rows: trials.map(({ number, value, params }) => [number, value, ...names.map((name) => cellOf(params[name]))]),
      },
      legend: [
        { label: good === 1 ? 'best trial' : `best ${good} trials`, mark: 'line', ink: inks.class1 },
        ...(trials.length > good ? [{ label: 'the others', mark: 'thin' as const, ink: inks.muted }] : []),
      ],
      plot: {
        width,
        height: 320,
        marginLeft: LEFT,
        marginRight: RIGHT,
        marginTop: 30,
        marginBottom: 10,
        x: { domain: [0, names.length], axis: null },
        y: { domain: [0, 1], axis: null },
        marks: [
          line(
            points.filter(({ rank }) => rank >= good),
            { stroke: inks.muted, strokeOpacity: 0.35, strokeWidth: 1, className: 'other' },
          ),
          line(
            points.filter(({ rank }) => rank < good),
            { stroke: inks.class1, strokeOpacity: 0.9, strokeWidth: 1.75, className: 'good' },
          ),
          Plot.ruleX(axes, { x: (_, i) => i, stroke: 'currentColor', strokeOpacity: 0.7, className: 'axis' }),
          Plot.text(axes, { x: (_, i) => i, text: ({ name }) => shorten(name, letters), frameAnchor: 'top', dy: -18, fontWeight: 600 }),
          Plot.text(ticks, {
            x: 'x',
            y: 'y',
            text: 'text',
            dx: -5,
            textAnchor: 'end',
            fontSize: 10.5,
            stroke: inks.background,
            fill: 'currentColor',
            strokeWidth: 3,
          }),
        ],
      },
    },
    options,
  );
}

const [LEFT, RIGHT] = [58, 34];
