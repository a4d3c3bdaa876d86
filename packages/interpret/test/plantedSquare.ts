import { rng, type Rng } from '@mgmt/core';
import * as nn from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import type { FloatArray } from '../src/index.js';

/** Images in which one thing tells the class, and where it is. */
export interface PlantedImages {
  /** `[n, (d,) h, w, 1]` */
  readonly images: FloatArray;
  /** `[n]` */
  readonly labels: readonly (0 | 1)[];
  /** `[n]`, first corner of the bright square; of class 0 nothing is there. */
  readonly corners: readonly (readonly number[])[];
}

/** A task that cannot be done without looking at the square, and how large it is. */
export interface Task {
  /** `[h, w]` or `[d, h, w]` */
  readonly grid: readonly number[];
  readonly square: readonly number[];
}

export const TASKS: Readonly<Record<'2-D' | '3-D', Task>> = {
  '2-D': { grid: [20, 20], square: [5, 5] },
  '3-D': { grid: [8, 14, 14], square: [3, 4, 4] },
};

/**
 * Noise with a dark square and scattered bright voxels, as many as a square has. Class 1 has a bright square too: nothing else tells it from class 0,
 * and neither a strong contrast nor a bright voxel is it.
 */
export function plantedImages({ grid, square }: Task, labels: readonly (0 | 1)[], random: Rng): PlantedImages {
  const size = sizeOf(grid);
  const data = new Float32Array(labels.length * size);
  const corners = labels.map((label, n) => {
    const image = data.subarray(n * size, (n + 1) * size);
    for (let i = 0; i < size; i++) image[i] = random.normal(0, 0.4);
    const dark = corner(grid, square, random);
    let bright = corner(grid, square, random);
    while (bright.every((at, axis) => Math.abs(at - dark[axis]!) < square[axis]! + 1)) bright = corner(grid, square, random);
    for (const i of inBox(grid, dark, square)) image[i]! -= 1.5;
    for (let k = 0; k < sizeOf(square); k++) image[random.integer(0, size - 1)]! += 1.5;
    if (label === 1) for (const i of inBox(grid, bright, square)) image[i]! += 1.5;
    return bright;
  });
  return { images: { data, shape: [labels.length, ...grid, 1] }, labels, corners };
}

/** A small network, untrained: `conv1`, `relu1`, `conv2` (stride 2), `relu2`, `mean`, `fc`. */
export function smallNetwork({ grid }: Task, seed: number): tf.LayersModel {
  const x = nn.input([...grid, 1]);
  const first = nn.relu(nn.conv(x, 8, { kernel: 3, padding: 1, seed, name: 'conv1' }), { name: 'relu1' });
  const second = nn.relu(nn.conv(first, 16, { kernel: 3, stride: 2, padding: 1, seed, name: 'conv2' }), { name: 'relu2' });
  return nn.model(x, nn.dense(nn.globalAveragePool(second, { name: 'mean' }), 1, { seed, name: 'fc' }));
}

/** The same network, trained. */
export function trainedNetwork(task: Task, { seed, steps }: { readonly seed: number; readonly steps: number }): tf.LayersModel {
  const network = smallNetwork(task, seed);
  const variables = nn.trainableVariables(network);
  const adam = nn.adamKernel(variables);
  const random = rng(seed);
  for (let step = 1; step <= steps; step++) {
    const { images, labels } = plantedImages(
      task,
      Array.from({ length: 16 }, (_, i) => (i % 2) as 0 | 1),
      random.child(step),
    );
    const [x, z] = [tf.tensor(images.data, [...images.shape]), tf.tensor2d([...labels], [16, 1], 'float32')];
    const { loss, gradients } = nn.lossAndGradients(variables, () =>
      nn.sigmoidCrossEntropy(network.apply(x, { training: true }) as tf.Tensor, z),
    );
    adam.update(gradients, { learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, step });
    tf.dispose([x, z, loss, ...gradients]);
  }
  adam.dispose();
  return network;
}

/** How maps agree with where the squares are. */
export interface Agreement {
  /** Share of the images whose map is largest on the square, or `margin` voxels beside it. */
  readonly pointing: number;
  /** Mean share of a map's positive values that lie there. */
  readonly mass: number;
  /** What a map without any idea would have: the share of the image that this is. */
  readonly chance: number;
}

/** @param map - `[n, ...grid]` */
export function agreement({ grid, square }: Task, map: FloatArray, corners: PlantedImages['corners'], margin: number): Agreement {
  const size = sizeOf(grid);
  const each = corners.map((bright, n) => {
    const values = map.data.subarray(n * size, (n + 1) * size);
    const wide = new Set(
      inBox(
        grid,
        bright.map((at) => at - margin),
        square.map((extent) => extent + 2 * margin),
      ),
    );
    const largest = values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
    let [inside, total] = [0, 0];
    values.forEach((value, i) => {
      total += Math.max(value, 0);
      if (wide.has(i)) inside += Math.max(value, 0);
    });
    return { hit: wide.has(largest) && values[largest]! > 0 ? 1 : 0, mass: total > 0 ? inside / total : 0, chance: wide.size / size };
  });
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    pointing: mean(each.map(({ hit }) => hit)),
    mass: mean(each.map(({ mass }) => mass)),
    chance: mean(each.map(({ chance }) => chance)),
  };
}

function corner(grid: readonly number[], square: readonly number[], random: Rng): number[] {
  return grid.map((n, axis) => random.integer(0, n - square[axis]!));
}

/** Flat indices of a box's voxels, as far as they lie in the grid. */
function inBox(grid: readonly number[], start: readonly number[], extent: readonly number[]): number[] {
  return grid.reduce<number[]>(
    (indices, n, axis) =>
      indices.flatMap((index) =>
        Array.from({ length: extent[axis]! }, (_, i) => start[axis]! + i)
          .filter((at) => at >= 0 && at < n)
          .map((at) => index * n + at),
      ),
    [0],
  );
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
