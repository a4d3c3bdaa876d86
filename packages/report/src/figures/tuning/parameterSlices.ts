import * as Plot from '@observablehq/plot';
import { columns } from '../../dataTable.js';
import { shorten } from '../../escape.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import { panelGrid } from '../../panelGrid.js';
import { plotFigure } from '../../plotFigure.js';
import { counted } from '../../words.js';
import { requireData } from '../predictions.js';
import { numberText, paramAxis } from './paramAxis.js';
import { completeTrials, goalText, roomAround, type TunedStudy } from './tunedStudy.js';

/**
 * The value of every complete trial over each parameter, a panel a parameter, early trials faint. Axes are logarithmic where the search
 * was, choices have even places.
 *
 * @throws `MgmtError` `report/no-data` (no parameter; no complete trial with a value), `report/bad-id`
 */
export function parameterSlices(study: TunedStudy, options: FigureOptions = {}): Figure {
  const names = Object.keys(study.parameters);
  requireData(names, 'parameters');
  const trials = completeTrials(study);
  requireData(trials, 'complete trials with a value');
  const { width = 720 } = options;
  const grid = panelGrid({ count: names.length, width: width - LEFT - RIGHT, perRow: undefined, least: 150, aspect: 0.85, gaps: [18, 54] });
  const panels = names.map((name, i) => ({ name, ...grid.place(i), axis: paramAxis(study.parameters[name]!) }));
  const points = panels.flatMap(({ name, fx, fy, axis }) =>
    trials
      .map(({ number, params, value }) => ({
        fx,
        fy,
        x: axis.place(params[name]),
        value,
        number,
        title: `trial ${number}: ${numberText(value)}`,
      }))
      .filter(({ x }) => Number.isFinite(x)),
  );
  const ticks = panels.flatMap(({ fx, fy, axis }) => axis.ticks.map((tick) => ({ fx, fy, ...tick })));
  const domain = roomAround(trials.map(({ value }) => value));
  const last = Math.max(1, ...trials.map(({ number }) => number));
  const bestPoints = points.filter(({ number }) => number === study.best);
  const facets = { fx: 'fx', fy: 'fy' } as const;
  const levels = yTicks(domain);
  return plotFigure(
    {
      kind: 'parameter-slices',
      title: 'Value over each parameter',
      caption: `Each dot is a complete trial (${goalText(study)}); early ones are faint, the best one is ringed. A slope or a valley is a parameter that matters; a flat cloud is one that does not, or not alone. Where the late dots crowd at an edge, the range was too narrow.`,
      alt: `Values of ${counted(trials.length, 'complete trial')} over ${counted(names.length, 'parameter')}: ${names.join(', ')}. ${bestText(study)}`,
      table: {
        columns: columns('trial', 'value', ...names),
        rows: trials.map(({ number, value, params }) => [number, value, ...names.map((name) => cellOf(params[name]))]),
      },
      legend: [
        { label: 'complete trial', mark: 'dot', ink: inks.class0 },
        ...(bestPoints.length > 0 ? [{ label: 'best', mark: 'ring' as const, ink: inks.class1 }] : []),
      ],
      plot: {
        width,
        height: grid.height + TOP + BOTTOM,
        marginLeft: LEFT,
        marginRight: RIGHT,
        marginTop: TOP,
        marginBottom: BOTTOM,
        fx: grid.fx,
        fy: grid.fy,
        x: { domain: [0, 1], axis: null },
        y: { domain, axis: null },
        marks: [
          Plot.frame({ strokeOpacity: 0.2 }),
          Plot.ruleY(
            panels.flatMap(({ fx, fy }) => levels.map((y) => ({ fx, fy, y }))),
            { ...facets, y: 'y', strokeOpacity: 0.1 },
          ),
          Plot.text(
            levels.flatMap((y) => Array.from({ length: grid.rows }, (_, fy) => ({ fx: 0, fy, y }))),
            {
              ...facets,
              y: 'y',
              text: ({ y }: { y: number }) => numberText(y),
              frameAnchor: 'left',
              dx: -6,
              textAnchor: 'end',
            },
          ),
          Plot.text(panels, {
            ...facets,
            text: ({ name }) => shorten(name, Math.floor(grid.panelWidth / 6.5)),
            frameAnchor: 'top',
            dy: -16,
            fontWeight: 600,
          }),
          Plot.text(ticks, { ...facets, x: 'at', text: 'text', frameAnchor: 'bottom', dy: 13, fontSize: 10.5, fill: inks.muted }),
          Plot.dot(points, {
            ...facets,
            x: 'x',
            y: 'value',
            r: 3,
            fill: inks.class0,
            fillOpacity: ({ number }: { number: number }) => 0.25 + (0.7 * number) / last,
            title: 'title',
            className: 'trial',
          }),
          Plot.dot(bestPoints, { ...facets, x: 'x', y: 'value', r: 6, stroke: inks.class1, strokeWidth: 1.75, className: 'best' }),
        ],
        opacity: { type: 'identity' },
      },
    },
    options,
  );
}

const [LEFT, RIGHT, TOP, BOTTOM] = [50, 12, 28, 24];

/** Four or so round numbers in a domain. */
function yTicks([low, high]: readonly [number, number]): number[] {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) => (first + i) * step);
}

/** The best trial in words. */
export function bestText(study: TunedStudy): string {
  const best = study.trials.find(({ number }) => number === study.best);
  if (!best) return 'No best trial.';
  return `Best, trial ${best.number}: ${Object.entries(best.params)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? numberText(value) : String(value)}`)
    .join(', ')}.`;
}

/** A parameter's value in a table. */
export const cellOf = (value: unknown): string | number | null =>
  value === undefined || value === null ? null : typeof value === 'number' ? value : String(value);
