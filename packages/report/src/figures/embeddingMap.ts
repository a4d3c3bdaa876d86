import * as Plot from '@observablehq/plot';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { panelGrid } from '../panelGrid.js';
import { plotFigure } from '../plotFigure.js';
import { seriesStyle } from '../series.js';
import { counted, pText, tidy } from '../words.js';
import { groupStyle, requireData } from './predictions.js';

/** Cases as points in a plane: of one layer, as a rule. */
export interface EmbeddingPanel {
  readonly name: string;
  /** `[cases]`, in any unit: a panel is scaled to its own points, both ways alike. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `[cases]`, each the index of its class. */
  readonly labels: ArrayLike<number>;
  /** Whether the classes lie apart, as a number: as `nearestNeighborSeparability` of `@mgmt/evaluation` returns it. */
  readonly separability?: { readonly accuracy: number; readonly byChance: number; readonly pValue: number };
  /** Places of the cases to ring: those that the model was trained on, say. */
  readonly marked?: readonly number[];
}

/** What a map of embeddings takes beside the words. */
export interface EmbeddingMapOptions extends FigureOptions {
  /** `[classes]`. Default: unmethylated and methylated where labels are 0 and 1, else the labels themselves. */
  readonly classNames?: readonly string[];
  /** What the rings say. Default `seen in training`. */
  readonly markedAs?: string;
  /** Panels in a row. Default: as many as keep a panel 160 pixels wide, rows evenly filled. */
  readonly columns?: number;
}

/**
 * Cases in a plane by class, a panel for each layer (the paper's Figures 6 and 14), with the number for what the eye believes to see.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function embeddingMap(panels: readonly EmbeddingPanel[], options: EmbeddingMapOptions = {}): Figure {
  requireData(panels, 'embeddings');
  const { width = Math.min(720, 400 * panels.length), markedAs = 'seen in training' } = options;
  const grid = panelGrid({ count: panels.length, width: width - 2, perRow: options.columns, least: 160, aspect: 1, gaps: [14, 46] });
  const placed = panels.map((panel, i) => ({ ...panel, ...grid.place(i) }));
  const cases = placed.flatMap(casesOf);
  const labels = [...new Set(cases.map(({ label }) => label))].sort((a, b) => a - b);
  const nameOf = (label: number) => options.classNames?.[label] ?? defaultName(label, labels);
  const heading = { fx: 'fx', fy: 'fy', frameAnchor: 'top-left', lineAnchor: 'bottom' } as const;
  const at = { x: 'x', y: 'y', fx: 'fx', fy: 'fy' } as const;
  const radius = cases.length / panels.length > 400 ? 1.6 : grid.panelWidth > 250 ? 3.2 : 2.4;
  return plotFigure(
    {
      kind: 'embedding-map',
      title: panels.length === 1 ? 'The cases as the model sees them' : 'The cases as each layer sees them',
      caption: `Each mark is a case; near ones look alike to the layer. Look for whether the classes part from one layer to the next. Distances between groups, their sizes and which way is up mean nothing.${
        panels.some(({ separability }) => separability)
          ? ' The number is the mean over classes of the share whose nearest neighbors are of their own class, beside what the same points reach with labels dealt at random.'
          : ''
      }`,
      alt: altText(placed, nameOf),
      table: {
        columns: columns('panel', 'case', 'class', 'x', 'y', 'marked'),
        rows: placed.flatMap(({ name, points, labels, marked = [] }) =>
          points.map(([x, y], i) => [name, i + 1, nameOf(labels[i]!), tidy(x), tidy(y), marked.includes(i) ? 'yes' : 'no']),
        ),
      },
      legend: [
        ...labels.map((label) => ({ label: shorten(nameOf(label), 24), mark: 'symbol' as const, ...seriesStyle(label) })),
        ...(cases.some(({ marked }) => marked) ? [{ label: shorten(markedAs, 24), mark: 'ring' as const, ink: inks.muted }] : []),
      ],
      plot: {
        width,
        height: grid.height + 44,
        marginTop: 40,
        marginBottom: 4,
        marginLeft: 1,
        marginRight: 1,
        x: { domain: [-1.08, 1.08], axis: null },
        y: { domain: [-1.08, 1.08], axis: null },
        fx: grid.fx,
        fy: grid.fy,
        marks: [
          Plot.frame({ strokeOpacity: 0.2 }),
          Plot.dot(cases, {
            ...at,
            r: radius,
            symbol: ({ label }: Case) => seriesStyle(label).symbol.shape,
            fill: ({ label }: Case) => (seriesStyle(label).symbol.hollow ? 'none' : seriesStyle(label).ink),
            stroke: ({ label }: Case) => (seriesStyle(label).symbol.hollow ? seriesStyle(label).ink : 'none'),
            fillOpacity: 0.8,
            className: 'cases',
          }),
          Plot.dot(
            cases.filter(({ marked }) => marked),
            { ...at, r: radius + 2, stroke: inks.muted, strokeWidth: 1, className: 'marked' },
          ),
          Plot.text(placed, { ...heading, text: ({ name }) => shorten(name, Math.floor(grid.panelWidth / 7)), dy: -18, fontWeight: 600 }),
          Plot.text(placed, {
            ...heading,
            text: ({ separability }) => (separability ? separabilityText(separability) : ''),
            dy: -5,
            fontSize: 10.5,
            fontVariant: 'tabular-nums',
          }),
        ],
      },
    },
    options,
  );
}

interface Case {
  readonly x: number;
  readonly y: number;
  readonly label: number;
  readonly marked: boolean;
  readonly fx: number;
  readonly fy: number;
}

/** The panel's points in [-1, 1], both ways on one scale; in the order of the cases, so that no class covers another throughout. */
function casesOf({ points, labels, marked = [], fx, fy }: EmbeddingPanel & { readonly fx: number; readonly fy: number }): Case[] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const half = Math.max(x1 - x0, y1 - y0) / 2 || 1;
  const ringed = new Set(marked);
  return points.map(([x, y], i) => ({
    x: (x - (x0 + x1) / 2) / half,
    y: (y - (y0 + y1) / 2) / half,
    label: labels[i]!,
    marked: ringed.has(i),
    fx,
    fy,
  }));
}

function defaultName(label: number, labels: readonly number[]): string {
  return labels.every((one) => one === 0 || one === 1) && (label === 0 || label === 1) ? groupStyle(label).name : String(label);
}

const separabilityText = ({ accuracy, byChance, pValue }: NonNullable<EmbeddingPanel['separability']>) =>
  `${accuracy.toFixed(2)} (chance ${byChance.toFixed(2)}), ${pText(pValue)}`;

function altText(panels: readonly EmbeddingPanel[], nameOf: (label: number) => string): string {
  const described = panels.map(({ name, points, labels, separability }) => {
    const counts = new Map<number, number>();
    for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
    const classes = [...counts].sort(([a], [b]) => a - b).map(([label, count]) => `${count} ${nameOf(label)}`);
    const apart = separability ? `; nearest neighbors of their own class ${separabilityText(separability)}` : '';
    return `${name}: ${counted(points.length, 'case')}, ${classes.join(', ')}${apart}.`;
  });
  return `Cases as points in a plane by class, ${counted(panels.length, 'panel')}. ${described.join(' ')}`;
}
