import type { Sampler } from '../sampler.js';
import { drawUniform } from './drawUniform.js';

/**
 * Draws every parameter alone, without a look at other trials: uniformly, on the logarithm where the distribution says so.
 *
 * @remarks Bergstra & Bengio 2012, jmlr.org/papers/v13/bergstra12a.html: better than a grid where few parameters matter.
 */
export function randomSampler(): Sampler {
  return { sample: (name, distribution, { rng }) => drawUniform(distribution, rng.child(name)) };
}
