import * as Plot from '@observablehq/plot';
import { MgmtError } from '@mgmt/core';
import { columns } from '../../dataTable.js';
import { shorten } from '../../escape.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import { panelGrid } from '../../panelGrid.js';
import { plotFigure } from '../../plotFigure.js';
import { counted } from '../../words.js';
import { inverseDistance } from './inverseDistance.js';
import { numberText, paramAxis, type ParamAxis } from './paramAxis.js';
import { bestText, cellOf } from './parameterSlices.js';
import { completeTrials, goalText, type TunedStudy, type ValuedTrial } from './tunedStudy.js';

/** What contours take beside the words. */
export interface ParameterContoursOptions extends FigureOptions {
  /** Two or more. Default: the first two that vary among the complete trials, numbers before choices. */
  readonly parameters?: readonly string[];
}

/**
 * The value over pairs of parameters as filled contours, the better the stronger the ink, with every complete trial as a dot; of more than two parameters a
 * triangle of panels. The contours stand at eighths of the trials' values, and a value on the bad side of Tukey's fence counts as the fence (the caption says it), so that a trial that
 * went astray does not flatten the rest. Axes are as in
 * {@link parameterSlices}. Trials without a finite value, and in a panel those without both parameters, are left out. Where all values are alike, or a pair
 * has fewer than four trials, there are dots alone, and the caption says so.
 *
 * @throws `MgmtError` `report/no-data` (no complete trial with a value; fewer than two parameters), `report/unknown-parameter`, `report/bad-id`
 */
export function parameterContours(study: TunedStudy, options: ParameterContoursOptions = {}): Figure {
  const trials = completeTrials(study);
  const names = [...new Set(options.parameters ?? varying(study, trials).slice(0, 2))];
  requireTwo(study, trials, names);
  const side = names.length - 1;
  const { width = side === 1 ? 500 : 720 } = options;
  const grid = panelGrid({
    count: side * side,
    width: width - LEFT - RIGHT,
    perRow: side,
    least: 0,
    aspect: side === 1 ? 0.75 : 0.9,
    gaps: [12, 12],
  });
  const sign = study.direction === 'minimize' ? -1 : 1;
  const goodness = fenced(trials.map(({ value }) => sign * value));
  const thresholds = eighths([...new Set(goodness)]);
  const astray = trials.filter(({ value }, i) => sign * value < goodness[i]!).length;
  const axes = new Map(names.map((name) => [name, paramAxis(study.parameters[name]!)]));
  const panels = pairsOf(names).map(({ row, column, ...pair }) => ({
    ...pair,
    ...grid.place(row * side + column),
    points: trials.map((trial, i) => pointOf(trial, goodness[i]!, pair, axes)).filter(isPlaced),
  }));
  const points = panels.flatMap(({ fx, fy, points }) => points.map((point) => ({ ...point, fx, fy })));
  const filled = panels.filter(({ points }) => points.length >= FEWEST);
  const bestPoints = points.filter(({ number }) => number === study.best);
  const drawn = thresholds.length > 0 && filled.length > 0;
  const values = trials.map(({ value }) => value).sort((a, b) => sign * (a - b));
  const range = `${numberText(values[0]!)} to ${numberText(values.at(-1)!)}`;
  const facets = { fx: 'fx', fy: 'fy' } as const;
  const at = { ...facets, x: 'x', y: 'y' } as const;
  const bottoms = names.slice(0, -1).map((name, fx) => ({ name, fx, fy: side - 1 }));
  const lefts = names.slice(1).map((name, fy) => ({ name, fx: 0, fy }));
  const ticksOf = (edge: typeof lefts) =>
    edge.flatMap(({ name, ...facet }) => axes.get(name)!.ticks.map((tick) => ({ ...facet, ...tick })));
  const letters = (pixels: number) => Math.max(4, Math.floor(pixels / 6.5));
  const tickText = { ...facets, text: 'text', fontSize: 10.5, fill: inks.muted } as const;
  return plotFigure(
    {
      kind: 'parameter-contours',
      title: names.length === 2 ? 'Value over two parameters' : 'Value over pairs of parameters',
      caption: captionOf({ study, names, panels, drawn, vary: thresholds.length > 0, astray }),
      alt: `Values of ${counted(trials.length, 'complete trial')}, worst to best ${range}, over ${counted(panels.length, 'pair')} of parameters: ${panels
        .map(({ xName, yName, points }) => `${xName} and ${yName} (${counted(points.length, 'trial')})`)
        .join(', ')}. ${bestText(study)}`,
      table: {
        columns: columns('trial', 'value', ...names),
        rows: trials.map(({ number, value, params }) => [number, value, ...names.map((name) => cellOf(params[name]))]),
      },
      legend: [
        ...(drawn ? [{ label: `worst to best: ${range}`, mark: 'ramp' as const, ink: inks.class0 }] : []),
        { label: 'complete trial', mark: 'dot', ink: 'currentColor' },
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
        y: { domain: [0, 1], axis: null },
        marks: [
          Plot.contour(drawn ? filled.flatMap(({ fx, fy, points }) => points.map((point) => ({ ...point, fx, fy }))) : [], {
            ...at,
            value: 'goodness',
            interpolate: inverseDistance,
            thresholds,
            pixelSize: 4,
            fill: inks.class0,
            fillOpacity: STEP,
            stroke: 'none',
            className: 'contour',
          }),
          Plot.frame({ strokeOpacity: 0.2, facet: 'include' }),
          Plot.dot(points, {
            ...at,
            r: 2.6,
            fill: 'currentColor',
            stroke: inks.background,
            strokeWidth: 1,
            title: 'title',
            className: 'trial',
          }),
          Plot.dot(bestPoints, { ...at, r: 6, stroke: inks.background, strokeWidth: 4 }),
          Plot.dot(bestPoints, { ...at, r: 6, stroke: inks.class1, strokeWidth: 2, className: 'best' }),
          Plot.text(ticksOf(bottoms), { ...tickText, x: 'at', frameAnchor: 'bottom', dy: 13 }),
          Plot.text(ticksOf(lefts), { ...tickText, y: 'at', frameAnchor: 'left', dx: -6, textAnchor: 'end' }),
          Plot.text(bottoms, {
            ...facets,
            text: ({ name }) => shorten(name, letters(grid.panelWidth)),
            frameAnchor: 'bottom',
            dy: 32,
            fontWeight: 600,
          }),
          Plot.text(lefts, {
            ...facets,
            text: ({ name }) => shorten(name, letters(grid.panelWidth * 0.8)),
            frameAnchor: 'left',
            dx: 14 - LEFT,
            rotate: -90,
            textAnchor: 'middle',
            fontWeight: 600,
          }),
        ],
      },
    },
    options,
  );
}

const [LEFT, RIGHT, TOP, BOTTOM] = [68, 8, 8, 40];
const FEWEST = 4; // trials of a pair: with fewer, contours would be three numbers' guess at a plane
const STEP = 0.13; // opacity of one of seven contours, each over the ones below: 0.62 in all

interface Point {
  readonly number: number;
  readonly x: number;
  readonly y: number;
  /** The value, higher is better, none far below the others. */
  readonly goodness: number;
  readonly title: string;
}

interface Pair {
  readonly xName: string;
  readonly yName: string;
}

const pointOf = (
  { number, params, value }: ValuedTrial,
  goodness: number,
  { xName, yName }: Pair,
  axes: ReadonlyMap<string, ParamAxis>,
): Point => ({
  number,
  x: axes.get(xName)!.place(params[xName]),
  y: axes.get(yName)!.place(params[yName]),
  goodness,
  title: `trial ${number}: ${numberText(value)}`,
});

const isPlaced = ({ x, y }: Point) => Number.isFinite(x) && Number.isFinite(y);

/** The lower triangle: columns are all names but the last, rows all but the first. */
function pairsOf(names: readonly string[]): (Pair & { readonly row: number; readonly column: number })[] {
  return names.slice(1).flatMap((yName, row) => names.slice(0, row + 1).map((xName, column) => ({ xName, yName, row, column })));
}

/** The names of parameters with more than one value, numbers before choices. */
function varying({ parameters }: TunedStudy, trials: readonly ValuedTrial[]): string[] {
  const names = Object.keys(parameters).filter(
    (name) => new Set(trials.map(({ params }) => params[name]).filter((value) => value !== undefined)).size > 1,
  );
  const isChoice = (name: string) => parameters[name]!.kind === 'categorical';
  return [...names.filter((name) => !isChoice(name)), ...names.filter(isChoice)];
}

/** The values without a long tail of bad ones: what lies below Tukey's lower fence is put on it. */
function fenced(values: readonly number[]): number[] {
  const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)];
  return high > low ? values.map((value) => Math.max(value, low - 1.5 * (high - low))) : [...values];
}

/** The seven values between the eighths of different values; none of one alone. */
function eighths(values: readonly number[]): number[] {
  return values.length < 2 ? [] : Array.from({ length: 7 }, (_, k) => quantile(values, (k + 1) / 8));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (place - Math.floor(place)) * (above - below);
}

interface Told {
  readonly study: TunedStudy;
  readonly names: readonly string[];
  readonly panels: readonly (Pair & { readonly points: readonly Point[] })[];
  /** Whether there is a contour. */
  readonly drawn: boolean;
  /** Whether the values differ. */
  readonly vary: boolean;
  /** How many values are beyond the fence. */
  readonly astray: number;
}

function captionOf({ study, names, panels, drawn, vary, astray }: Told): string {
  const few = panels.filter(({ points }) => points.length < FEWEST).map(({ xName, yName }) => `${xName} and ${yName}`);
  const choices = names.filter((name) => study.parameters[name]!.kind === 'categorical');
  return [
    drawn &&
      `The stronger the ink the better (${goalText(study)}): its steps part the different values into eighths. Dots are complete trials, several of them perhaps at one place, the best one is ringed; between them the ink is a mean weighted by nearness, far from every dot a guess. A valley along an axis says that this parameter hardly matters, a slanted one that the two must be chosen together.`,
    !vary && 'All complete trials have the same value: there are no contours to draw, the dots say only where was searched.',
    drawn && astray > 0 && `${counted(astray, 'value')} far worse than the others ${astray === 1 ? 'counts' : 'count'} as worst, no more.`,
    vary && few.length > 0 && `Fewer than ${FEWEST} trials have both ${few.join(', or ')}: dots alone.`,
    drawn && choices.length > 0 && `Between the choices of ${choices.join(' and ')} the ink means nothing.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function requireTwo({ parameters }: TunedStudy, trials: readonly ValuedTrial[], names: readonly string[]): void {
  const unknown = names.find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) {
    throw new MgmtError('a search has no such parameter', {
      code: 'report/unknown-parameter',
      expected: Object.keys(parameters).join(', ') || 'no parameter at all',
      found: unknown,
    });
  }
  if (names.length >= 2 && trials.length > 0) return;
  throw new MgmtError('contours need trials and two parameters', {
    code: 'report/no-data',
    expected: 'a complete trial with a value, two parameters that vary',
    found: `${counted(trials.length, 'such trial')}, ${counted(names.length, 'parameter')}`,
    hint: 'parameterSlices draws one parameter',
  });
}
