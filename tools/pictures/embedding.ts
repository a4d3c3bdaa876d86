/**
 * The picture of docs/embeddings.md: a thousand handwritten digits by t-SNE, and the numbers that go with it.
 *
 *   node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/pictures/embedding.ts --mnist FOLDER [--out docs/images/embeddings]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readMnist } from '@mgmt/cohort';
import { rng } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { continuity, nearestNeighborSeparability, pca, type PlanePoint, silhouette, trustworthiness, tsne, umap } from '@mgmt/evaluation';
import { encodePng, type IndexedPicture } from './encodePng.js';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/images/embeddings' }, mnist: { type: 'string' } } });
if (!values.mnist) throw new Error('usage: embedding.ts --mnist FOLDER [--out FOLDER]');
const COUNT = 1000;
const SIDE = 28;
const SIZE = 900;

/** Ten colors that are told apart on white, also by most who see red and green alike (after Paul Tol). */
const COLORS = [
  [51, 34, 136],
  [136, 204, 238],
  [68, 170, 153],
  [17, 119, 51],
  [153, 153, 51],
  [221, 170, 60],
  [204, 102, 119],
  [136, 34, 85],
  [170, 68, 153],
  [90, 90, 90],
] as const;
const SHADES = 16;
const PALETTE: IndexedPicture['palette'] = COLORS.flatMap((color) =>
  Array.from(
    { length: SHADES },
    (_, shade) => color.map((part) => Math.round(255 - ((255 - part) * shade) / (SHADES - 1))) as [number, number, number],
  ),
);

const { test } = await readMnist(values.mnist);
if (!test) throw new Error('the folder holds no t10k files');
const images = Float32Array.from(test.images.subarray(0, COUNT * SIDE * SIDE), (value) => value / 255);
const labels = test.labels.subarray(0, COUNT);
const points = { data: images, shape: [COUNT, SIDE * SIDE] } as const;

const { embedding, klDivergence } = await tsne(points, { rng: rng(0) });
const png = encodePng(drawn(embedding));
await writeFileAtomic(join(values.out, 'mnist.png'), png);
console.log(`mnist.png: ${Math.round(png.length / 1000)} kB, KL divergence ${klDivergence.toFixed(3)}`);

const pictures: Readonly<Record<string, readonly (readonly number[])[]>> = {
  tsne: embedding,
  umap: await umap(points, { rng: rng(0) }),
  pca: pca(points).scores,
};
for (const [name, picture] of Object.entries(pictures)) {
  const { accuracy, byChance, pValue } = nearestNeighborSeparability(picture, labels, { rng: rng(0) });
  const numbers = {
    trustworthiness: trustworthiness(points, picture),
    continuity: continuity(points, picture),
    silhouette: silhouette(picture, labels),
  };
  console.log(name, { ...numbers, accuracy, byChance, pValue });
}

/** Each image at its place, in the color of its digit; where several meet, the darkest ink. */
function drawn(places: readonly PlanePoint[]): IndexedPicture {
  const reach = Math.max(...places.flat().map(Math.abs));
  const pixels = new Uint8Array(SIZE * SIZE);
  places.forEach(([x, y], i) => {
    const left = Math.round(((x / reach + 1) / 2) * (SIZE - SIDE / 2));
    const top = Math.round(((1 - y / reach) / 2) * (SIZE - SIDE / 2));
    for (let v = 0; v < SIDE / 2; v++) {
      for (let u = 0; u < SIDE / 2; u++) {
        const at = i * SIDE * SIDE + 2 * v * SIDE + 2 * u;
        const ink = (images[at]! + images[at + 1]! + images[at + SIDE]! + images[at + SIDE + 1]!) / 4;
        const shade = Math.round(ink * (SHADES - 1));
        const pixel = (top + v) * SIZE + left + u;
        if (shade > pixels[pixel]! % SHADES) pixels[pixel] = labels[i]! * SHADES + shade;
      }
    }
  });
  return { width: SIZE, height: SIZE, pixels, palette: PALETTE };
}
