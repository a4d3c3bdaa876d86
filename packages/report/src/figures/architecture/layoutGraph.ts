import type { ArchitectureGraph, ArchitecturePart } from '../architectureDiagram.js';

/** A part with its box, in pixels. */
export interface PlacedPart extends ArchitecturePart {
  /** Left and upper edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What is written in the box: the label, then the lines that say more than it. */
  readonly rows: readonly string[];
}

/** What flows from one box to another. */
export interface PlacedEdge {
  readonly from: PlacedPart;
  readonly to: PlacedPart;
  /** Whether boxes stand between: the edge then goes around them. */
  readonly isLong: boolean;
}

/** Where everything stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly PlacedPart[];
  readonly edges: readonly PlacedEdge[];
}

/** Pixels between the lines of a box. */
export const LINE = 16;

/**
 * Boxes in layers from top to bottom, each as far down as the longest way to it; branches in columns side by side, what joins them in their middle.
 *
 * @param wanted - pixels; by default as many as the columns need
 */
export function layoutGraph({ nodes, edges }: ArchitectureGraph, wanted?: number): Layout {
  const before = new Map(nodes.map(({ id }) => [id, edges.filter(({ to }) => to === id).map(({ from }) => from)]));
  const depths = new Map<string, number>();
  for (const { id } of nodes) depths.set(id, Math.max(-1, ...before.get(id)!.map((from) => depths.get(from) ?? 0)) + 1);
  const columns = columnsOf({ nodes, edges }, before, depths);

  const [left, right] = [Math.min(...columns.values()), Math.max(...columns.values())];
  const count = right - left + 1;
  const width = wanted ?? Math.max(LEAST, count * COLUMN);
  const column = width / count;
  const boxWidth = Math.min(BOX, column - ASIDE - 2 * EDGE);
  const rows = new Map(nodes.map((node) => [node.id, rowsOf(node)]));
  const heightOf = (node: ArchitecturePart) => rows.get(node.id)!.length * LINE + 2 * PADDING;

  const tops: number[] = [];
  let y = 0;
  for (let depth = 0; depth <= Math.max(...depths.values()); depth++) {
    tops.push(y);
    y += Math.max(...nodes.filter(({ id }) => depths.get(id) === depth).map(heightOf)) + GAP;
  }
  const parts = nodes.map((node): PlacedPart => {
    const at = (columns.get(node.id)! - left) * column + EDGE + (column - boxWidth - ASIDE - 2 * EDGE) / 2;
    return { ...node, x: at, y: tops[depths.get(node.id)!]!, width: boxWidth, height: heightOf(node), rows: rows.get(node.id)! };
  });
  const byId = new Map(parts.map((part) => [part.id, part]));
  return {
    width,
    height: y - GAP + EDGE,
    parts,
    edges: edges.map(({ from, to }) => ({
      from: byId.get(from)!,
      to: byId.get(to)!,
      isLong: depths.get(to)! - depths.get(from)! > 1 && columns.get(from) === columns.get(to),
    })),
  };
}

const COLUMN = 448;
const LEAST = 460;
const BOX = 300;
const ASIDE = 118; // pixels to the right of a box, for sizes and parameters
const EDGE = 12;
const GAP = 22;
const PADDING = 6;

/** The column of each part: inputs side by side, a successor under its only predecessor, a join in the middle. */
function columnsOf(
  { nodes, edges }: ArchitectureGraph,
  before: ReadonlyMap<string, readonly string[]>,
  depths: ReadonlyMap<string, number>,
): Map<string, number> {
  const columns = new Map<string, number>();
  let inputs = 0;
  for (const { id } of nodes) {
    const from = before.get(id)!;
    const middle = from.reduce((sum, each) => sum + (columns.get(each) ?? 0), 0) / from.length;
    const next = from.length === 1 ? edges.filter((edge) => edge.from === from[0] && depths.get(edge.to) === depths.get(id)) : [];
    const shift = next.length > 1 ? next.findIndex(({ to }) => to === id) - (next.length - 1) / 2 : 0;
    columns.set(id, from.length === 0 ? inputs++ : middle + shift);
  }
  return columns;
}

/** A single line that repeats the label, or goes on from it, stands for it. */
function rowsOf({ label, lines, skips }: ArchitecturePart): string[] {
  if (skips.length > 0) return [label, ...lines];
  const [line = ''] = lines;
  return lines.length > 1 ? [label, ...lines] : [line === '' ? label : line];
}
