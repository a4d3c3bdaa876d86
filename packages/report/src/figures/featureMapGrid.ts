import { MgmtError } from '@mgmt/core';
import { toBase64 } from '../csv.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { encodeGrayPng } from '../image/encodeGrayPng.js';
import { inks } from '../inks.js';
import { finishFigure, svgElement } from '../svg.js';
import { counted, tidy } from '../words.js';
import { mean, requireData } from './predictions.js';

/** What a layer gave for images: as `featureMaps` of `@mgmt/interpret` returns it. */
export interface FeatureMapLayer {
  readonly layer: string;
  /** `[b, (d,) h, w, channels]`, C-order. */
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** What a grid of feature maps takes beside the words. */
export interface FeatureMapGridOptions extends FigureOptions {
  /** Which image of the batch. Default 0. */
  readonly image?: number;
  /** Channels from the first on. Default 6, all of a layer that has fewer. */
  readonly channels?: number;
  /** Which slice of a layer with depth, as a share of its depth from 0 to 1. Default 0.5, the middle one. */
  readonly depth?: number;
}

/**
 * The first channels of each layer as gray images, a row a layer, with its name and size (the paper's Figure 13). Each map is scaled to its own range;
 * one that is the same everywhere is black.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-shape` (no maps: a layer behind the last pooling; data or image outside its shape), `report/bad-id`
 */
export function featureMapGrid(layers: readonly FeatureMapLayer[], options: FeatureMapGridOptions = {}): Figure {
  requireData(layers, 'layers');
  const { width = 720, image = 0, channels = 6, depth = 0.5 } = options;
  const rows = layers.map((layer) => mapsOf(layer, { image, channels, depth }));
  const most = Math.max(...rows.map(({ maps }) => maps.length));
  const tile = (width - LABEL - (most - 1) * GAP) / most;
  let y = HEADING;
  const drawn = rows.map(({ layer, size, aspect, maps }) => {
    const height = tile * Math.min(aspect, TALLEST);
    const group = svgElement(
      'g',
      { transform: `translate(0,${y})` },
      svgElement('text', { x: 0, y: height / 2, dy: '-0.25em', 'text-anchor': 'start', 'font-weight': 600 }, shorten(layer, 17)),
      svgElement('text', { x: 0, y: height / 2, dy: '1.05em', 'text-anchor': 'start', 'font-size': 10.5, fill: inks.muted }, size),
      ...maps.map(({ href }, i) =>
        svgElement('image', {
          href,
          x: LABEL + i * (tile + GAP),
          width: tile,
          height,
          preserveAspectRatio: 'none',
        }),
      ),
    );
    y += height + GAP;
    return group;
  });
  const heads = Array.from({ length: most }, (_, i) =>
    svgElement('text', { x: LABEL + i * (tile + GAP) + tile / 2, y: 11, 'font-size': 10.5, fill: inks.muted }, `channel ${i + 1}`),
  );
  return finishFigure(
    svgElement('svg', { width, height: Math.ceil(y - GAP) }, ...heads, ...drawn),
    {
      kind: 'feature-map-grid',
      title: 'Feature maps, layer by layer',
      caption:
        'What the layers make of one image, a row a layer, from the input side down: white is where a channel answers most, each map on its own scale. Early maps follow edges and tissue; later ones are coarse, and hard to read for anybody.',
      alt: `Gray images of the first channels of ${counted(layers.length, 'layer')} for one image. ${rows
        .map(({ layer, size, maps }) => `${layer}, ${size}: ${counted(maps.length, 'map')}.`)
        .join(' ')}`,
      table: {
        columns: columns('layer', 'size', 'channel', 'smallest', 'mean', 'largest'),
        rows: rows.flatMap(({ layer, size, maps }) =>
          maps.map(({ smallest, mean, largest }, i) => [layer, size, i + 1, tidy(smallest), tidy(mean), tidy(largest)]),
        ),
      },
    },
    options,
  );
}

const LABEL = 128; // room for a layer's name
const HEADING = 18;
const GAP = 5;
const TALLEST = 2; // height of a map over its width, at most
const COARSEST = 96; // pixels of a map: a map of 4 x 4 is 16 squares, which renderers would blur
const SHARPEST = 192; // more than which no page shows

interface Map {
  readonly href: string;
  readonly smallest: number;
  readonly mean: number;
  readonly largest: number;
}

function mapsOf(
  { layer, data, shape }: FeatureMapLayer,
  { image, channels, depth }: { readonly image: number; readonly channels: number; readonly depth: number },
): { readonly layer: string; readonly size: string; readonly aspect: number; readonly maps: readonly Map[] } {
  if (shape.length !== 4 && shape.length !== 5)
    throw badShape(layer, 'a batch of maps, [b, h, w, c] or [b, d, h, w, c]', `[${shape.join(', ')}]`);
  const [batch, slices, height, width, count] = (shape.length === 5 ? shape : [shape[0], 1, ...shape.slice(1)]) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (data.length !== batch * slices * height * width * count) throw badShape(layer, `${shape.join(' x ')} values`, String(data.length));
  if (!Number.isInteger(image) || image < 0 || image >= batch) throw badShape(layer, `an image from 0 to ${batch - 1}`, String(image));
  const slice = Math.min(slices - 1, Math.max(0, Math.floor(depth * slices)));
  const start = (image * slices + slice) * height * width * count;
  const shown = Math.min(channels, count);
  return {
    layer,
    size: `${shape.slice(1, -1).join(' × ')}, ${counted(count, 'channel')}`,
    aspect: height / width,
    maps: Array.from({ length: shown }, (_, channel) => drawMap((at) => data[start + at * count + channel]!, height, width)),
  };
}

/** A map as a PNG: every so many rows and columns of a large one, each of a small one so many times. */
function drawMap(value: (at: number) => number, height: number, width: number): Map {
  const values = Float64Array.from({ length: height * width }, (_, at) => value(at));
  const finite = values.filter(Number.isFinite).sort();
  const [smallest = NaN, largest = NaN] = [finite[0], finite.at(-1)];
  const longer = Math.max(height, width);
  const [grow, shrink] = [Math.ceil(COARSEST / longer), Math.ceil(longer / SHARPEST)]; // one of them is 1
  const [rows, columns] = [Math.ceil((height * grow) / shrink), Math.ceil((width * grow) / shrink)];
  const pixels = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const at = Math.floor((row * shrink) / grow) * width + Math.floor((column * shrink) / grow);
    return Math.round((255 * (values[at]! - smallest)) / (largest - smallest)); // NaN becomes 0, also that of 0 / 0
  });
  return {
    href: `data:image/png;base64,${toBase64(encodeGrayPng(pixels, rows, columns))}`,
    smallest,
    mean: mean(finite),
    largest,
  };
}

function badShape(layer: string, expected: string, found: string): MgmtError {
  return new MgmtError('a layer’s maps do not fit its shape', { code: 'report/bad-shape', where: layer, expected, found });
}
