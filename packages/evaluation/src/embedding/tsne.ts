import { MgmtError, type Rng } from '@mgmt/core';
import { checkCount, checkOption } from '../checkValues.js';
import { jointAffinities } from './jointAffinities.js';
import { leadingPlane } from './leadingPlane.js';
import { nearestNeighbors } from './nearestNeighbors.js';
import { nextTurn } from './nextTurn.js';
import { checkPoints, planePoints, type PlanePoint, type PointMatrix, type Points } from './points.js';
import { tsneObjective, type TsneObjective } from './tsneObjective.js';

/** Options of {@link tsne}. Defaults are scikit-learn's. */
export interface TsneOptions {
  /** Where random numbers come from; equal streams give equal pictures. */
  readonly rng: Rng;
  /**
   * How many neighbors a point counts as its own: at least 1, below n - 1. 30 by default, or a third of the others where those are fewer than 90. Small
   * values show small groups, also groups that chance made.
   */
  readonly perplexity?: number;
  /** Steps in all. 1,000 by default; the first 250 exaggerate. */
  readonly iterations?: number;
  /** How wide a cell may be for its distance to act as one point. 0.5 by default; 0 is exact and takes time as n². */
  readonly theta?: number;
  /** How many times stronger attraction is at first, so that groups find together. 12 by default. */
  readonly earlyExaggeration?: number;
  /** `auto` (the default): n / exaggeration / 4, at least 50 (Belkina et al. 2019, Nature Communications 10:5415). */
  readonly learningRate?: 'auto' | number;
  /** `pca` (the default): the first two principal components, the same picture whatever the stream. `random`: normal numbers. Either of deviation 1e-4. */
  readonly start?: 'pca' | 'random';
  /** Stops where the gradient's norm falls below. 1e-7 by default. */
  readonly leastGradientNorm?: number;
  /** Hears after every 50 steps how many are done, and the norm of the gradient. */
  readonly onProgress?: (progress: { readonly done: number; readonly gradientNorm: number }) => void;
  /** Stops at the next 50 steps. */
  readonly signal?: AbortSignal;
}

/** A picture of points. */
export interface Tsne {
  /** `[n]`, around the origin; which way is up means nothing. */
  readonly embedding: readonly PlanePoint[];
  /** What the picture could not keep, in nats: the Kullback-Leibler divergence, of it from the points' affinities, by the same sums as the gradient. */
  readonly klDivergence: number;
  /** Steps that were taken. */
  readonly iterations: number;
}

/**
 * Points on a plane such that near ones stay near: t-SNE by the method of Barnes and Hut.
 *
 * Distances between groups, their sizes and their number are no findings: {@link nearestNeighborSeparability} and {@link trustworthiness} are numbers for
 * what the eye believes to see. Points at one place come to lie near each other, not at one place. Without any spread the start is random.
 *
 * @param points - `[n][d]`, finite, at least 4
 * @param options - the stream of random numbers, and how
 * @throws `MgmtError` `evaluation/too-few`, `evaluation/length-mismatch`, `evaluation/not-finite`, `evaluation/bad-option`, `evaluation/diverged` (a
 * learning rate far too high); the signal's reason
 * @remarks van der Maaten 2014, JMLR 15:3221; affinities over the 3 perplexity + 1 nearest neighbors, found exactly, which takes time as n² d: at 5,000
 * points of 512 dimensions nearly half of the whole.
 * @example
 * const { embedding, klDivergence } = await tsne(features, { rng: rng(0), perplexity: 30 });
 */
export async function tsne(points: Points, options: TsneOptions): Promise<Tsne> {
  const matrix = checkPoints(points, { least: 4 });
  const { n } = matrix;
  const { rng, perplexity, iterations, theta, earlyExaggeration, learningRate, start, leastGradientNorm, onProgress, signal } = settings(
    options,
    n,
  );
  signal?.throwIfAborted();
  const neighbors = nearestNeighbors(matrix, Math.min(n - 1, Math.floor(3 * perplexity + 1)));
  const objective = tsneObjective(jointAffinities(neighbors, perplexity), n, theta);
  const plane = start === 'pca' ? smallPlane(matrix, rng) : noise(2 * n, rng);

  let before = 0;
  const look = async (steps: number, gradientNorm: number) => {
    onProgress?.({ done: before + steps, gradientNorm });
    await nextTurn();
    signal?.throwIfAborted();
    return gradientNorm > leastGradientNorm;
  };
  const early = Math.min(EARLY_STEPS, iterations);
  before = await descend(plane, objective, { steps: early, momentum: 0.5, exaggeration: earlyExaggeration, learningRate }, look);
  const late = await descend(plane, objective, { steps: iterations - early, momentum: 0.8, exaggeration: 1, learningRate }, look);
  return { embedding: planePoints(plane), klDivergence: objective.divergence(plane), iterations: before + late };
}

const EARLY_STEPS = 250;
const BETWEEN_LOOKS = 50;

/** A stretch of the way down. */
interface Descent {
  readonly steps: number;
  readonly momentum: number;
  readonly exaggeration: number;
  readonly learningRate: number;
}

/** Moves the plane's points down the gradient, with momentum and a gain for each coordinate, until a look says no. Returns how many steps it took. */
async function descend(
  plane: Float64Array,
  objective: TsneObjective,
  { steps, momentum, exaggeration, learningRate }: Descent,
  look: (done: number, gradientNorm: number) => Promise<boolean>,
): Promise<number> {
  const gradient = new Float64Array(plane.length);
  const update = new Float64Array(plane.length);
  const gains = new Float64Array(plane.length).fill(1);
  for (let done = 1; done <= steps; done++) {
    objective.gradient(plane, gradient, exaggeration);
    let squaredNorm = 0;
    let reach = 0;
    for (let at = 0; at < plane.length; at++) {
      const slope = gradient[at]!;
      const gain = Math.max(0.01, update[at]! * slope < 0 ? gains[at]! + 0.2 : gains[at]! * 0.8);
      const move = momentum * update[at]! - learningRate * gain * slope;
      gains[at] = gain;
      update[at] = move;
      plane[at]! += move;
      squaredNorm += slope * slope;
      reach = Math.max(reach, Math.abs(plane[at]!));
    }
    if (!(reach < FARTHEST)) throw diverged(done, learningRate);
    if (done % BETWEEN_LOOKS === 0 && !(await look(done, Math.sqrt(squaredNorm)))) return done;
  }
  return steps;
}

/** An embedding reaches some hundred units; beyond this, squares of squares overflow. */
const FARTHEST = 1e75;

/** The options with their defaults. Throws `MgmtError` `evaluation/bad-option`. */
function settings(options: TsneOptions, n: number) {
  const { iterations = 1000, theta = 0.5, earlyExaggeration = 12, start = 'pca', leastGradientNorm = 1e-7 } = options;
  const perplexity = options.perplexity ?? Math.min(30, (n - 1) / 3);
  checkOption(perplexity >= 1 && perplexity < n - 1, 'perplexity', `1 to less than ${n - 1}, the others of ${n} points`, perplexity);
  checkCount(iterations, 'iterations');
  checkOption(theta >= 0 && theta <= 1, 'theta', '0 (exact) to 1', theta);
  checkOption(earlyExaggeration >= 1 && earlyExaggeration < Infinity, 'earlyExaggeration', 'at least 1', earlyExaggeration);
  checkOption(leastGradientNorm >= 0, 'leastGradientNorm', 'at least 0', leastGradientNorm);
  const { learningRate: rate = 'auto' } = options;
  const learningRate = rate === 'auto' ? Math.max(n / earlyExaggeration / 4, 50) : rate;
  checkOption(learningRate > 0 && learningRate < Infinity, 'learningRate', "'auto', or a number above 0", learningRate);
  return { ...options, perplexity, iterations, theta, earlyExaggeration, start, leastGradientNorm, learningRate };
}

/** The first two principal components so small that attraction soon orders them: the first one's deviation becomes 1e-4. */
function smallPlane(matrix: PointMatrix, rng: Rng): Float64Array {
  const plane = leadingPlane(matrix, rng.child('plane'));
  const deviation = (axis: number) =>
    Math.sqrt(plane.reduce((sum, value, at) => (at % 2 === axis ? sum + value * value : sum), 0) / matrix.n);
  const [across, up] = [deviation(0), deviation(1)];
  const random = noise(plane.length, rng.child('noise'));
  return plane.map((value, at) => ((at % 2 === 0 ? across : up) > 1e-12 * across ? (value / across) * DEVIATION : random[at]!)); // no spread, no start
}

const DEVIATION = 1e-4;

const noise = (length: number, rng: Rng) => Float64Array.from({ length }, () => rng.normal(0, DEVIATION));

const diverged = (steps: number, learningRate: number) =>
  new MgmtError(`points flew apart after ${steps} steps`, {
    code: 'evaluation/diverged',
    expected: `coordinates below ${FARTHEST}`,
    hint: `lower the learning rate, which is ${learningRate}`,
  });
