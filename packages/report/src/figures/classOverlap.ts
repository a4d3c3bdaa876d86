import * as Plot from '@observablehq/plot';
import { axisX } from '../axes.js';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { shorten } from '../escape.js';
import { groupStyle, mean, requireData, type DensityCurve, type PredictionPanel } from './predictions.js';

/** What the overlap of classes takes beside the words. */
export interface ClassOverlapOptions extends FigureOptions {
  /** Ends of the axis. Default [0, 1]; the decision boundary is 0.5 whatever they are. */
  readonly domain?: readonly [number, number];
}

/** Where the model's answer turns from one class to the other. */
const BOUNDARY = 0.5;

/**
 * The two classes of each model face to face: methylated cases above the line, unmethylated below, every case a dot inside its class's density,
 * with the decision boundary and the mean of all the model's predictions (the paper's Figure 5).
 *
 * @param panels - with groups of class 0 and 1; a group without label is left out
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function classOverlap(panels: readonly PredictionPanel[], options: ClassOverlapOptions = {}): Figure {
  requireData(panels, 'predictions');
  const { width = 720, domain = [0, 1] } = options;
  const rows = panels.map((panel, fy) => {
    const groups = panel.groups.filter(({ label }) => label !== null);
    const peak = Math.max(Number.MIN_VALUE, ...groups.flatMap(({ kde }) => Array.from(kde.density)));
    return { ...panel, groups, peak, fy, center: mean(groups.flatMap(({ scores }) => Array.from(scores))) };
  });
  const marks = ([1, 0] as const).flatMap((label) => {
    const { ink, className } = groupStyle(label);
    const side = label === 1 ? 1 : -1;
    const groups = rows.flatMap(({ groups, peak, fy }) =>
      groups.filter((group) => group.label === label).map((group) => ({ ...group, peak, fy })),
    );
    const cloud = groups.flatMap(({ kde, peak, fy }) =>
      Array.from(kde.x, (x, i) => ({ x, y: (side * kde.density[i]!) / peak, fy })).filter(({ x }) => x >= domain[0] && x <= domain[1]),
    );
    const dots = groups.flatMap(({ scores, kde, peak, fy }) =>
      Array.from(scores, (x, i) => ({ x, y: side * (0.08 + 0.84 * scatter(i) * (densityAt(kde, x) / peak)), fy })),
    );
    return [
      Plot.areaY(cloud, { x: 'x', y1: 0, y2: 'y', fy: 'fy', fill: ink, fillOpacity: 0.2, className: `density ${className}` }),
      Plot.dot(dots, { x: 'x', y: 'y', fy: 'fy', r: 1.4, fill: ink, fillOpacity: 0.85, className: `cases ${className}` }),
    ];
  });
  return plotFigure(
    {
      kind: 'class-overlap',
      title: 'Overlap of the classes and the decision boundary',
      caption:
        'Each dot is a case: methylated above the line, unmethylated below. A model that separated them would have dots above the line only right of the boundary (dashed), and below it only to the left. The bar is the mean of all predictions of that seed: it moves, the overlap stays.',
      alt: altText(rows),
      table: {
        columns: columns('model', 'label', 'probability'),
        rows: rows.flatMap(({ name, groups }) =>
          groups.flatMap(({ label, scores }) => Array.from(scores, (score) => [name, label, Number(score.toPrecision(6))])),
        ),
      },
      legend: [
        { label: groupStyle(1).name, mark: 'area', ink: inks.class1 },
        { label: groupStyle(0).name, mark: 'area', ink: inks.class0 },
        { label: 'mean of all cases', mark: 'tick', ink: 'currentColor' },
      ],
      plot: {
        width,
        height: 16 + rows.length * 52 + 40,
        marginTop: 6,
        marginBottom: 40,
        marginLeft: 76,
        marginRight: 66,
        x: { domain: [...domain] },
        y: { domain: [-1.05, 1.05], axis: null },
        fy: { axis: null, padding: 0.12, domain: rows.map(({ fy }) => fy) },
        marks: [
          axisX('predicted probability of class 1', { ticks: 5 }),
          Plot.ruleY(rows, { y: () => 0, fy: 'fy', strokeOpacity: 0.35, strokeWidth: 0.75 }),
          ...marks,
          Plot.ruleX(rows, {
            x: () => BOUNDARY,
            fy: 'fy',
            stroke: inks.muted,
            strokeDasharray: '3 3',
            insetTop: -4,
            insetBottom: -4,
            className: 'boundary',
          }),
          Plot.ruleX(rows, { x: 'center', y1: -0.85, y2: 0.85, fy: 'fy', strokeWidth: 2.25, className: 'center' }),
          Plot.text(rows, {
            text: ({ name }) => shorten(name, 14),
            fy: 'fy',
            frameAnchor: 'left',
            dx: -76,
            textAnchor: 'start',
            fontWeight: 600,
          }),
          Plot.text(rows, {
            text: ({ note, center }) => shorten(note ?? `mean ${center.toFixed(2)}`, 14),
            fy: 'fy',
            frameAnchor: 'right',
            dx: 66,
            textAnchor: 'end',
            fontVariant: 'tabular-nums',
          }),
        ],
      },
    },
    options,
  );
}

/** The `i`-th number of van der Corput's sequence in base 2: spreads dots evenly, in the same way each time. */
function scatter(i: number): number {
  let [value, weight] = [0, 0.5];
  for (let rest = i + 1; rest > 0; rest >>= 1, weight /= 2) value += (rest & 1) * weight;
  return value;
}

/** Linear between the points of the curve, its ends beyond them. */
function densityAt({ x, density }: DensityCurve, at: number): number {
  let right = 0;
  while (right < x.length && x[right]! < at) right++;
  if (right === 0 || right === x.length) return density[Math.min(right, x.length - 1)] ?? 0;
  const share = (at - x[right - 1]!) / (x[right]! - x[right - 1]!);
  return density[right - 1]! + share * (density[right]! - density[right - 1]!);
}

function altText(rows: readonly (PredictionPanel & { readonly center: number })[]): string {
  const described = rows.map(({ name, groups, center }) => {
    const classes = groups.map(({ label, scores }) => {
      const above = Array.from(scores).filter((score) => score >= BOUNDARY).length;
      return `${above} of ${scores.length} ${groupStyle(label).name} at or above 0.5`;
    });
    return `${name}: mean of all predictions ${center.toFixed(2)}; ${classes.join(', ')}.`;
  });
  return `Mirrored densities of the predictions for the two classes, one row per model, with the decision boundary at 0.5. ${described.join(' ')}`;
}
