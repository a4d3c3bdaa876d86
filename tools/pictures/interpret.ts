/**
 * The pictures of docs/interpret.md: a small network is trained on phantom heads until it tells ring-shaped tumors from solid ones, then asked what it
 * looks at. Takes a minute or two.
 *
 *   node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/pictures/interpret.ts [--out docs/images/interpret]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { phantomCase, phantomConfig } from '@mgmt/cohort';
import { rng, type Volume } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { rocAuc } from '@mgmt/evaluation';
import { featureMaps, type FloatArray, gradCam, integratedGradients, occlusion, overChannels, resizeMap, unitScale } from '@mgmt/interpret';
import * as nn from '@mgmt/nn';
import { maskOnto, minMax, resizeVolume, toAxial, zScore } from '@mgmt/preprocess';
import { overlayMap } from '@mgmt/report';
import * as tf from '@tensorflow/tfjs';
import { encodePng, type IndexedPicture } from './encodePng.js';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/images/interpret' } } });
const GRID = [16, 64, 64] as const;
const config = phantomConfig({ shape: [24, 64, 64], signal: 1, seed: 5 });

/** A head as a film shows it and as two networks take it, its tumor's mask on the same grid. */
function head(set: 'train' | 'test', index: number) {
  const { label, mask, render } = phantomCase(config, index, set);
  const axial = toAxial(render('T1wCE'));
  const shaped = (v: Volume<Float32Array>) => resizeVolume(v, { shape: GRID }).data;
  const film = shaped(minMax(axial));
  const tumor = resizeVolume(maskOnto(mask, axial), { shape: GRID, interpolation: 'nearest' }).data;
  return { label, film, byRange: film, byBrain: shaped(zScore(axial, { threshold: 'auto' })), tumor };
}

/** How gray values are scaled: to [0, 1] between darkest and brightest, or by mean and deviation of the brain. */
type Scaling = 'byRange' | 'byBrain';

function network(seed: number): nn.LayersModel {
  const x = nn.input([...GRID, 1]);
  const block = (y: nn.SymbolicTensor, filters: number, stride: number | number[], name: string) =>
    nn.relu(nn.batchNorm(nn.conv(y, filters, { kernel: 3, stride, padding: 1, bias: false, seed, name: `${name}.conv` })), { name });
  const features = block(block(block(x, 8, [1, 2, 2], 'first'), 16, 2, 'second'), 16, 1, 'third');
  return nn.model(x, nn.dense(nn.globalAveragePool(features), 1, { seed, name: 'logit' }));
}

async function train(model: nn.LayersModel, heads: readonly ReturnType<typeof head>[], scaling: Scaling): Promise<void> {
  const variables = nn.trainableVariables(model);
  const adam = nn.adamKernel(variables);
  const random = rng(1);
  for (let epoch = 0, step = 1; epoch < 12; epoch++) {
    const order = random.child(epoch).shuffle(heads);
    for (let start = 0; start + 8 <= order.length; start += 8, step++) {
      const batch = order.slice(start, start + 8);
      const x = tf.tensor(Float32Array.from(batch.flatMap((each) => [...each[scaling]])), [8, ...GRID, 1]);
      const z = tf.tensor2d(
        batch.map(({ label }) => label),
        [8, 1],
        'float32',
      );
      const { loss, gradients } = nn.lossAndGradients(variables, () =>
        nn.sigmoidCrossEntropy(model.apply(x, { training: true }) as tf.Tensor, z),
      );
      adam.update(gradients, { learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, step });
      tf.dispose([x, z, loss, ...gradients]);
    }
  }
  adam.dispose();
}

const asInput = (data: Float32Array): FloatArray => ({ data, shape: [1, ...GRID, 1] });

/** Grad-CAM, occlusion, integrated gradients: the part of each that lies in a slice, in [-1, 1]. */
async function threeMaps(model: nn.LayersModel, image: FloatArray, slice: number): Promise<Float32Array[]> {
  const maps = [
    await gradCam(model, image, { layer: 'third' }),
    await occlusion(model, image, { patch: [4, 10, 10], stride: [2, 2, 2], fill: 0, batchSize: 64 }),
    overChannels(await integratedGradients(model, image, { steps: 64 }), 'sum'),
  ];
  return maps.map(({ data }) => sliceOf(data, slice).map((value) => value / strong(data)));
}

/** What one absolute value in two hundred exceeds: of integrated gradients a few voxels are far beyond the rest. */
function strong(data: Float32Array): number {
  return data.map(Math.abs).sort()[Math.floor(0.995 * data.length)]!;
}

function sliceOf(volume: Float32Array | Uint8Array, slice: number): Float32Array {
  const size = volume.length / GRID[0];
  return Float32Array.from(volume.subarray(slice * size, (slice + 1) * size));
}

/** The slice that shows most of the tumor's core and rim. */
function tumorSlice(tumor: Uint8Array): number {
  const areas = Array.from({ length: GRID[0] }, (_, k) => sliceOf(tumor, k).filter((label) => label === 1 || label === 4).length);
  return areas.indexOf(Math.max(...areas));
}

const GRAYS = 15;
const STRENGTHS = 8; // of either sign

/** Colors by gray level and the map's strength, as the report draws them. */
const PALETTE: IndexedPicture['palette'] = Array.from({ length: GRAYS * (2 * STRENGTHS + 1) }, (_, i) => {
  const gray = Math.floor(i / (2 * STRENGTHS + 1)) / (GRAYS - 1);
  const strength = ((i % (2 * STRENGTHS + 1)) - STRENGTHS) / STRENGTHS;
  return [...overlayMap([gray], [strength])] as [number, number, number];
});

/** `[rows * columns]` gray in [0, 1] and map in [-1, 1] to places in the palette. */
function indices(gray: Float32Array, map: Float32Array): Uint8Array {
  return Uint8Array.from(gray, (value, i) => {
    const strength = Math.round(Math.min(Math.max(map[i]!, -1), 1) * STRENGTHS) + STRENGTHS;
    return Math.round(Math.min(Math.max(value, 0), 1) * (GRAYS - 1)) * (2 * STRENGTHS + 1) + strength;
  });
}

interface Panel {
  readonly pixels: Uint8Array;
  readonly side: number;
}

/** A square slice made larger, linearly, with a map over it. */
function panel(gray: Float32Array, map: Float32Array | undefined, side: number): Panel {
  const old = Math.sqrt(gray.length);
  const larger = (values: Float32Array) => resizeMap({ data: values, shape: [1, old, old] }, [side, side]).data;
  return { pixels: indices(larger(gray), map ? larger(map) : new Float32Array(side * side)), side };
}

/** The slice with the tumor's outline in full color. */
function outlined(gray: Float32Array, tumor: Float32Array, side: number): Panel {
  const { pixels } = panel(gray, undefined, side);
  const scale = Math.sqrt(tumor.length) / side;
  const inside = (v: number, u: number) => Number(tumor[Math.floor(v * scale) * Math.sqrt(tumor.length) + Math.floor(u * scale)]! > 0);
  for (let v = 1; v < side; v++) {
    for (let u = 1; u < side; u++) {
      const isEdge = inside(v, u) !== inside(v - 1, u) || inside(v, u) !== inside(v, u - 1);
      if (isEdge) pixels[v * side + u] = 2 * STRENGTHS + 7 * (2 * STRENGTHS + 1);
    }
  }
  return { pixels, side };
}

function montage(rows: readonly (readonly Panel[])[]): IndexedPicture {
  const gap = 3;
  const side = rows[0]![0]!.side;
  const width = Math.max(...rows.map((row) => row.length)) * (side + gap) + gap;
  const height = rows.length * (side + gap) + gap;
  const pixels = new Uint8Array(width * height).fill(STRENGTHS); // black
  rows.forEach((row, r) =>
    row.forEach((each, c) => {
      for (let v = 0; v < side; v++) {
        pixels.set(each.pixels.subarray(v * side, (v + 1) * side), (gap + r * (side + gap) + v) * width + gap + c * (side + gap));
      }
    }),
  );
  return { width, height, pixels, palette: PALETTE };
}

async function write(name: string, rows: readonly (readonly Panel[])[]): Promise<void> {
  const png = encodePng(montage(rows));
  await writeFileAtomic(join(values.out, name), png);
  console.log(`${name}: ${Math.round(png.length / 1000)} kB`);
}

await nn.selectBackend();
const [heads, tests] = [Array.from({ length: 96 }, (_, i) => head('train', i)), Array.from({ length: 32 }, (_, i) => head('test', i))];
const ring = tests.find(({ label }) => label === 1)!;
const slice = tumorSlice(ring.tumor as Uint8Array);
const film = sliceOf(ring.film, slice);
const outline = outlined(film, sliceOf(ring.tumor as Uint8Array, slice), 128);

const rows = [];
for (const [scaling, isTrained] of [
  ['byBrain', true],
  ['byRange', true],
  ['byBrain', false],
] as const) {
  const model = network(1);
  if (isTrained) await train(model, heads, scaling);
  const x = tf.tensor(Float32Array.from(tests.flatMap((each) => [...each[scaling]])), [tests.length, ...GRID, 1]);
  const logits = tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
  const labels = tests.map(({ label }) => label);
  console.log(`${scaling}, ${isTrained ? 'trained' : 'untrained'}: AUC of ${labels.length} new heads ${rocAuc(labels, logits).toFixed(3)}`);
  const maps = await threeMaps(model, asInput(ring[scaling]), slice);
  rows.push([outline, ...maps.map((map) => panel(film, map, 128))]);
  if (isTrained && scaling === 'byBrain') await writeFeatures(model);
  x.dispose();
  model.dispose();
}
await write('maps.png', rows);

async function writeFeatures(model: nn.LayersModel): Promise<void> {
  const features = await featureMaps(model, asInput(ring.byBrain), { layers: ['first', 'second', 'third'], channels: 8 });
  const planes = features.map(({ data, shape }) => {
    const [, depth, height, width, channels] = shape as [number, number, number, number, number];
    const first = Math.min(Math.floor(((slice + 0.5) * depth) / GRID[0]), depth - 1) * height * width;
    return Array.from({ length: 8 }, (_, channel) => {
      const plane = Float32Array.from({ length: height * width }, (_, i) => data[(first + i) * channels + channel]!);
      return panel(unitScale({ data: plane, shape: [1, height, width] }).data, undefined, 64);
    });
  });
  await write('features.png', planes);
}
