import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { legendOf } from '../legend.js';
import { finishFigure, svgElement } from '../svg.js';
import { counted } from '../words.js';
import { drawEdge, drawPart, kindInk, shapeText } from './architecture/drawPart.js';
import { layoutGraph } from './architecture/layoutGraph.js';
import { requireData } from './predictions.js';

/** A part of a network: as `modelGraph` of `@mgmt/nn` returns it. */
export interface ArchitecturePart {
  /** Unique in its graph. */
  readonly id: string;
  readonly kind: 'input' | 'conv' | 'pool' | 'block' | 'attention' | 'recurrent' | 'dense' | 'join' | 'other';
  readonly label: string;
  /** Its layers, a line each; a single line is not written beside an equal label. */
  readonly lines: readonly string[];
  /** Ways around lines: from before line `from` to line `to`. `projected`: through a layer of its own. */
  readonly skips: readonly { readonly from: number; readonly to: number; readonly projected: boolean }[];
  /** Without the batch axis; `null` where it is open. */
  readonly outputShape: readonly (number | null)[];
  /** Of all repetitions. */
  readonly parameters: number;
  readonly repeats: number;
}

/** A network as parts and what flows between them. */
export interface ArchitectureGraph {
  /** Each behind all that it takes from. */
  readonly nodes: readonly ArchitecturePart[];
  /** Ids of {@link nodes}. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/**
 * A network from its images at the top to its answer at the bottom: a box a part with its layers, ways around them as arcs, branches side by side, sizes and
 * parameters beside each (the paper's Figures 7 and 8).
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function architectureDiagram(graph: ArchitectureGraph, options: FigureOptions = {}): Figure {
  const { nodes } = graph;
  requireData(nodes, 'parts');
  const layout = layoutGraph(graph, options.width);
  const kinds = [...new Map(nodes.map(({ kind }) => [KINDS[kind], kindInk(kind)])).entries()].filter(([name]) => name !== undefined);
  const ways = nodes.flatMap(({ skips }) => skips);
  const key = legendOf(
    [
      ...kinds.map(([label, ink]) => ({ label: label!, mark: 'area' as const, ink })),
      ...(ways.some(({ projected }) => !projected) ? [{ label: 'way around', mark: 'line' as const, ink: 'currentColor' }] : []),
      ...(ways.some(({ projected }) => projected)
        ? [{ label: 'way around, resized', mark: 'line' as const, ink: 'currentColor', dash: '4 3' }]
        : []),
    ],
    layout.width,
  );
  const body = svgElement(
    'g',
    { transform: `translate(0,${key.height + 4})` },
    ...layout.edges.map(drawEdge),
    ...layout.parts.map(drawPart),
  );
  const height = key.height + 4 + layout.height;
  const total = nodes.reduce((sum, { parameters }) => sum + parameters, 0);
  return finishFigure(
    svgElement('svg', { width: layout.width, height }, ...key.elements, body),
    {
      kind: 'architecture',
      title: 'Architecture',
      caption: `The network from its images (top) to its answer (bottom), drawn from the model itself: ${total.toLocaleString('en-US')} parameters that are learned. Beside each box stand the size of what it gives and its parameters; a box with a count stands there so many times, one behind the other${
        ways.length > 0 ? '; arcs are ways around layers, dashed where a layer resizes what passes' : ''
      }.`,
      alt: `${counted(nodes.length, 'part')} with ${total} parameters. ${nodes.map(describe).join(' ')}`,
      table: {
        columns: columns('part', 'label', 'layers', 'output', 'repeats', 'parameters'),
        rows: nodes.map(({ id, label, lines, outputShape, repeats, parameters }) => [
          id,
          label,
          lines.join('; '),
          shapeText(outputShape),
          repeats,
          parameters,
        ]),
      },
    },
    options,
  );
}

/** How the legend calls a kind; the others explain themselves. */
const KINDS: Record<ArchitecturePart['kind'], string | undefined> = {
  input: undefined,
  conv: 'convolution',
  pool: 'pooling',
  block: 'convolution',
  attention: 'attention',
  recurrent: 'recurrent',
  dense: 'dense',
  join: undefined,
  other: undefined,
};

function describe({ label, repeats, outputShape, parameters }: ArchitecturePart): string {
  return `${label}${repeats > 1 ? `, ${repeats} times` : ''}: gives ${shapeText(outputShape)}, ${counted(parameters, 'parameter')}.`;
}
