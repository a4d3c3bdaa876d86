import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../axes.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { seriesStyle } from '../series.js';
import { tidy } from '../words.js';
import { requireData } from './predictions.js';

/** Net benefit of acting on a model, over thresholds: as `decisionCurve` of `@mgmt/evaluation` returns it, with a name. */
export interface DecisionLine {
  readonly name: string;
  /** `[n]`, rising, in [0, 1). */
  readonly thresholds: ArrayLike<number>;
  /** `[n]`, of treating from the threshold on. */
  readonly model: ArrayLike<number>;
  /** `[n]`, of treating everybody. */
  readonly all: ArrayLike<number>;
}

/**
 * Is acting on a model better than treating everybody, or nobody? Net benefit of each model over the thresholds that somebody might choose.
 *
 * @param lines - of the same cases, so that treating everybody is the same for all: that of the first is drawn
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 * @remarks Vickers & Elkin 2006, doi:10.1177/0272989X06295361. What is far below zero is cut off: nobody would choose it.
 */
export function decisionCurves(lines: readonly DecisionLine[], options: FigureOptions = {}): Figure {
  requireData(lines, 'models');
  const { width = 720 } = options;
  const everybody = pointsOf('treat everybody', lines[0]!.thresholds, lines[0]!.all);
  const models = lines.map(({ name, thresholds, model }, i) => ({ ...seriesStyle(i), points: pointsOf(name, thresholds, model) }));
  const shown = [everybody, ...models.map(({ points }) => points)].flat();
  const top = Math.max(0.01, ...shown.map(({ y }) => y));
  const worst = Math.min(...models.flatMap(({ points }) => points.map(({ y }) => y)));
  const floor = -top * Math.min(0.6, Math.max(0.15, (-1.1 * worst) / top));
  const ends = [Math.min(...shown.map(({ x }) => x)), Math.max(...shown.map(({ x }) => x))];
  return plotFigure(
    {
      kind: 'decision-curves',
      title: 'Net benefit of acting on the model',
      caption:
        'Net benefit: cases rightly treated per case seen, less the harm of treating others, weighed by the threshold one chooses. A model is of use at those thresholds where its line is above both others: treating everybody, and treating nobody (dashed, at zero). Lines that leave through the bottom do harm.',
      alt: `Decision curves of net benefit over threshold probability. ${lines.map(describe).join(' ')}`,
      table: {
        columns: columns('model', 'threshold', 'net benefit', 'net benefit of treating everybody'),
        rows: lines.flatMap(({ name, thresholds, model, all }) =>
          Array.from(thresholds, (threshold, i) => [name, ...[threshold, model[i]!, all[i]!].map(tidy)]),
        ),
      },
      legend: [
        ...models.map(({ points, ink, dash }) => ({ label: shorten(points[0]?.name ?? '', 24), mark: 'line' as const, ink, dash })),
        { label: 'treat everybody', mark: 'thin', ink: inks.muted },
        { label: 'treat nobody', mark: 'dashed', ink: inks.muted },
      ],
      plot: {
        width,
        height: 300,
        marginLeft: 56,
        marginRight: 12,
        marginTop: 10,
        marginBottom: 42,
        x: { domain: ends[0] === ends[1] ? [0, 1] : ends },
        y: { domain: [floor, top * 1.08] },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('threshold: treat from this probability on', { ticks: 6 }),
          axisY('net benefit', { ticks: 5, tickSize: 0 }),
          Plot.ruleY([0], { stroke: inks.muted, strokeDasharray: '4 3', strokeWidth: 1.25, className: 'nobody' }),
          Plot.line(above(everybody, floor), { x: 'x', y: 'y', stroke: inks.muted, strokeWidth: 1, className: 'everybody' }),
          ...models.map(({ points, ink, dash }) =>
            Plot.line(above(points, floor), {
              x: 'x',
              y: 'y',
              z: 'piece',
              title: 'name',
              stroke: ink,
              strokeWidth: 2,
              strokeDasharray: dash,
              strokeLinejoin: 'round',
              className: 'model',
            }),
          ),
        ],
      },
    },
    options,
  );
}

interface Point {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

const pointsOf = (name: string, x: ArrayLike<number>, y: ArrayLike<number>): Point[] =>
  Array.from(x, (value, i) => ({ name, x: value, y: y[i]! }));

/** The pieces of a line above a floor, cut where it crosses. */
function above(points: readonly Point[], floor: number): (Point & { readonly piece: number })[] {
  let piece = 0;
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    const cut: (Point & { piece: number })[] = [];
    if (before && before.y < floor !== point.y < floor) {
      const share = (floor - before.y) / (point.y - before.y);
      if (point.y >= floor) piece++;
      cut.push({ name: point.name, x: before.x + share * (point.x - before.x), y: floor, piece });
    }
    return point.y >= floor ? [...cut, { ...point, piece }] : cut;
  });
}

/** Where the model is above both others, as runs of thresholds. */
function describe({ name, thresholds, model, all }: DecisionLine): string {
  const runs: [number, number][] = [];
  Array.from(thresholds).forEach((threshold, i) => {
    const useful = (at: number) => model[at]! > Math.max(0, all[at]!) + 1e-12;
    if (!useful(i)) return;
    if (i > 0 && useful(i - 1)) runs.at(-1)![1] = threshold;
    else runs.push([threshold, threshold]);
  });
  if (runs.length === 0) return `${name}: at no threshold better than treating everybody or nobody.`;
  const ranges = runs.map(([from, to]) => (from === to ? from.toFixed(2) : `${from.toFixed(2)} to ${to.toFixed(2)}`));
  return `${name}: better than treating everybody or nobody at thresholds ${ranges.join(', ')}.`;
}
