import { expit, logLikelihood } from '../logistic.js';
import { dot } from './dot.js';
import type { PointMatrix } from './points.js';

/** A linear classifier: log odds of class 1 are the product with the weights, plus the bias. */
export interface LinearClassifier {
  /** `[d]` */
  readonly weights: Float64Array;
  readonly bias: number;
}

/**
 * Logistic regression with a ridge penalty: the least of the summed log loss and `ridge / 2` times the squared weights; the bias is free. What scikit-learn's
 * `LogisticRegression` fits with C = 1 / ridge.
 *
 * By L-BFGS (Nocedal and Wright 2006, Numerical Optimization, algorithms 7.4 and 3.1), whose passes cost n d each.
 */
export function ridgeLogistic(points: PointMatrix, labels: Uint8Array, ridge: number): LinearClassifier {
  let at = new Float64Array(points.d + 1); // the bias last
  let here = lossAndGradient(points, labels, ridge, at);
  const pairs: Correction[] = [];
  for (let iteration = 0; iteration < ITERATIONS && largest(here.gradient) > TOLERANCE * points.n; iteration++) {
    const direction = quasiNewton(here.gradient, pairs);
    const slope = dot(direction, here.gradient);
    let step = iteration === 0 ? 1 / Math.sqrt(-slope) : 1;
    let next = at;
    let there = here;
    for (let halvings = 0; halvings < HALVINGS; halvings++, step /= 2) {
      next = at.map((value, k) => value + step * direction[k]!);
      there = lossAndGradient(points, labels, ridge, next);
      if (there.loss <= here.loss + 1e-4 * step * slope) break;
    }
    if (!(there.loss < here.loss)) break; // as low as rounding lets it
    const move = next.map((value, k) => value - at[k]!);
    const change = there.gradient.map((value, k) => value - here.gradient[k]!);
    if (dot(move, change) > 0) pairs.push({ move, change, curvature: dot(move, change) });
    if (pairs.length > MEMORY) pairs.shift();
    at = next;
    here = there;
  }
  return { weights: at.subarray(0, points.d), bias: at[points.d]! };
}

const ITERATIONS = 1000;
const HALVINGS = 40;
const MEMORY = 10;
/** Of the largest slope, for every case. */
const TOLERANCE = 1e-9;

/** The log odds of class 1 of one row of the points. */
export function logOdds({ weights, bias }: LinearClassifier, { data, d }: PointMatrix, i: number): number {
  let sum = bias;
  for (let k = 0; k < d; k++) sum += weights[k]! * data[i * d + k]!;
  return sum;
}

function lossAndGradient(points: PointMatrix, labels: Uint8Array, ridge: number, at: Float64Array) {
  const { data, n, d } = points;
  const model = { weights: at.subarray(0, d), bias: at[d]! };
  const gradient = at.map((value, k) => (k < d ? ridge * value : 0));
  let loss = (ridge / 2) * dot(model.weights, model.weights);
  for (let i = 0; i < n; i++) {
    const odds = logOdds(model, points, i);
    const error = expit(odds) - labels[i]!;
    loss -= logLikelihood(labels[i]!, odds);
    for (let k = 0; k < d; k++) gradient[k]! += error * data[i * d + k]!;
    gradient[d]! += error;
  }
  return { loss, gradient };
}

/** A step that was taken, how it changed the gradient, and the product of both. */
interface Correction {
  readonly move: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** Downhill, by what the last steps told of the curvature: the two loops of algorithm 7.4. */
function quasiNewton(gradient: Float64Array, pairs: readonly Correction[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const add = (factor: number, vector: Float64Array) => vector.forEach((value, k) => (direction[k]! += factor * value));
  const shares = pairs.map(() => 0);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { move, change, curvature } = pairs[p]!;
    shares[p] = dot(move, direction) / curvature;
    add(-shares[p]!, change);
  }
  const last = pairs.at(-1);
  if (last) add(last.curvature / dot(last.change, last.change) - 1, direction.slice());
  pairs.forEach(({ move, change, curvature }, p) => add(shares[p]! - dot(change, direction) / curvature, move));
  return direction;
}

const largest = (vector: Float64Array) => vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
