import { MgmtError, type AxisCode, type AxisCodes } from '@mgmt/core';
import { toBase64 } from '../csv.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { encodeGrayPng } from '../image/encodeGrayPng.js';
import { finishFigure, svgElement } from '../svg.js';
import { requireData } from './predictions.js';

/** A stack of slices, and which of them to show. */
export interface MontageSeries {
  /** `T1wCE`, or the name of a case. */
  readonly name: string;
  /** `[slice, row, column]`, C-order, in {@link MontageSeries.range}. */
  readonly data: ArrayLike<number>;
  readonly shape: readonly [slices: number, rows: number, columns: number];
  /** What is drawn black and white; values beyond are clipped. Default [0, 1]. */
  readonly range?: readonly [number, number];
  /** Directions in which slice, row and column grow (core's `axisCodes`). Default `S P L`: axial, as a radiologist looks at it. */
  readonly axes?: AxisCodes;
  /** Distance between neighboring rows and columns, so that anatomy keeps its shape. Default [1, 1]. */
  readonly spacingMm?: readonly [row: number, column: number];
  /** Indices from 0. Default: twelve, or all there are, evenly spaced. */
  readonly slices?: readonly number[];
}

/** What a montage takes beside the words. */
export interface SliceMontageOptions extends FigureOptions {
  /** Slices in a row. Default 6, fewer where there are fewer. */
  readonly columns?: number;
}

/**
 * Slices side by side as gray images with the letters of orientation at their edges and their numbers (the paper's Figure 1; what a network saw).
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-shape` (data or slice outside its shape), `report/bad-id`
 * @remarks An image's left edge bears the direction opposite to that in which its columns grow: with the default axes `R` is on the left, the radiological convention.
 */
export function sliceMontage(series: readonly MontageSeries[], options: SliceMontageOptions = {}): Figure {
  const tiles = series.flatMap(tilesOf);
  requireData(tiles, 'slices');
  const { width = 720 } = options;
  const perRow = Math.min(options.columns ?? 6, tiles.length);
  const tileWidth = (width - GAP * (perRow - 1)) / perRow;
  const tileHeight = Math.max(...tiles.map(({ aspect }) => tileWidth * aspect));
  const rows = Math.ceil(tiles.length / perRow);
  const drawn = tiles.map((tile, i) => {
    const [x, y] = [(i % perRow) * (tileWidth + GAP), Math.floor(i / perRow) * (tileHeight + LABEL + GAP)];
    return drawTile(tile, x, y, tileWidth, tileHeight);
  });
  const height = rows * (tileHeight + LABEL + GAP) - GAP;
  return finishFigure(
    svgElement('svg', { width, height: Math.ceil(height) }, ...drawn),
    {
      kind: 'slice-montage',
      title: 'Slices',
      caption:
        'Letters name the side of the patient that an edge of the image faces: L left, R right, A front, P back, S top, I bottom. Numbers count slices from 1.',
      alt: `${tiles.length} gray-scale slices: ${series.map(describe).join('; ')}.`,
      table: {
        columns: columns('series', 'slice', 'left edge', 'right edge', 'top edge', 'bottom edge', 'mean gray'),
        rows: tiles.map(({ name, number, edges, meanGray }) => [
          name,
          number,
          edges.left,
          edges.right,
          edges.top,
          edges.bottom,
          Number(meanGray.toFixed(4)),
        ]),
      },
    },
    options,
  );
}

interface Tile {
  readonly name: string;
  readonly label: string;
  readonly number: number; // from 1
  readonly href: string;
  readonly aspect: number; // height over width
  readonly meanGray: number; // 0 to 1
  readonly edges: Record<'left' | 'right' | 'top' | 'bottom', AxisCode>;
}

const GAP = 6;
const LABEL = 17;

const OPPOSITE: Record<AxisCode, AxisCode> = { L: 'R', R: 'L', P: 'A', A: 'P', S: 'I', I: 'S' };

function tilesOf(series: MontageSeries, _index: number, all: readonly MontageSeries[]): Tile[] {
  const { name, data, shape, range = [0, 1], axes = ['S', 'P', 'L'], spacingMm = [1, 1], slices = evenly(shape[0], 12) } = series;
  const [count, rows, cols] = shape;
  if (data.length !== count * rows * cols) throw badShape(name, `${shape.join(' x ')} values`, String(data.length));
  return slices.map((slice) => {
    if (!Number.isInteger(slice) || slice < 0 || slice >= count) throw badShape(name, `a slice from 0 to ${count - 1}`, String(slice));
    const pixels = new Uint8Array(rows * cols);
    let sum = 0;
    for (let i = 0; i < pixels.length; i++) {
      const share = (data[slice * pixels.length + i]! - range[0]) / (range[1] - range[0]);
      pixels[i] = Math.round(255 * Math.min(1, Math.max(0, share))); // NaN becomes 0
      sum += pixels[i]!;
    }
    return {
      name,
      label: all.length > 1 ? `${shorten(name, 14)} · ${slice + 1}` : String(slice + 1),
      number: slice + 1,
      href: `data:image/png;base64,${toBase64(encodeGrayPng(pixels, rows, cols))}`,
      aspect: (rows * spacingMm[0]) / (cols * spacingMm[1]),
      meanGray: sum / pixels.length / 255,
      edges: { left: OPPOSITE[axes[2]], right: axes[2], top: OPPOSITE[axes[1]], bottom: axes[1] },
    };
  });
}

function drawTile({ href, label, edges, aspect }: Tile, x: number, y: number, width: number, room: number): Element {
  const height = width * aspect;
  const top = (room - height) / 2;
  const letter = (text: string, at: Record<string, number | string>) =>
    svgElement(
      'text',
      {
        fill: '#fff',
        stroke: '#000',
        'stroke-width': 2,
        'stroke-opacity': 0.6,
        'paint-order': 'stroke',
        'font-size': 10,
        'font-weight': 600,
        ...at,
      },
      text,
    );
  return svgElement(
    'g',
    { transform: `translate(${x},${y})` },
    svgElement('rect', { width, height: room, fill: '#000' }),
    svgElement('image', { href, y: top, width, height, preserveAspectRatio: 'none' }),
    letter(edges.left, { x: 8, y: room / 2, dy: '0.35em' }),
    letter(edges.right, { x: width - 8, y: room / 2, dy: '0.35em' }),
    letter(edges.top, { x: width / 2, y: 12 }),
    letter(edges.bottom, { x: width / 2, y: room - 5 }),
    svgElement('text', { x: width / 2, y: room + 13, 'font-size': 11, 'font-variant': 'tabular-nums' }, label),
  );
}

/** At most `most` indices below `count`, evenly spaced, the ends of the stack left out where there is a choice. */
function evenly(count: number, most: number): number[] {
  const shown = Math.min(count, most);
  return Array.from({ length: shown }, (_, i) => Math.floor(((i + 0.5) * count) / shown));
}

function describe({ name, shape, axes = ['S', 'P', 'L'], slices }: MontageSeries): string {
  const shown = (slices ?? evenly(shape[0], 12)).map((slice) => slice + 1).join(', ');
  return `${name}, slices ${shown} of ${shape[0]}, left edge of the image to the patient's ${DIRECTIONS[OPPOSITE[axes[2]]]}, upper edge to the ${DIRECTIONS[OPPOSITE[axes[1]]]}`;
}

const DIRECTIONS: Record<AxisCode, string> = { L: 'left', R: 'right', A: 'front', P: 'back', S: 'top', I: 'bottom' };

function badShape(name: string, expected: string, found: string): MgmtError {
  return new MgmtError('the slices of a montage do not fit its shape', { code: 'report/bad-shape', where: name, expected, found });
}
