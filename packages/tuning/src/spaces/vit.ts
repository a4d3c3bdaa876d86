import { categorical, float, int } from './distributions.js';
import { searchSpace } from './searchSpace.js';

/**
 * The search that the paper made for its vision transformer (its ranges as the repository settles them): 50 trials with the median pruner. The names
 * from `patch` to `mlpDim` are those of a `VitConfig` of `@mgmt/models-vit`. Its best were batch 16, learning rate 0.007, Adam and Table 5:
 * patch 32, dim 2048, depth 2, 8 heads of 1024, MLP 512.
 *
 * @example
 * const { batch, learningRate, optimizer, ...network } = vitSpace.suggest(trial);
 * const config = { ...vitTable5Config, ...network, spatial: [64, 256, 256] };
 */
export const vitSpace = searchSpace({
  batch: categorical([4, 8, 16, 32]),
  learningRate: float(1e-5, 1e-2, { log: true }),
  optimizer: categorical(['adam', 'sgd']),
  patch: categorical([16, 32, 64]),
  dim: categorical([512, 1024, 2048]),
  depth: int(1, 6),
  heads: categorical([4, 8, 16]),
  headDim: categorical([64, 256, 1024]),
  mlpDim: categorical([512, 1024, 2048]),
});

/** How many trials the paper's search of the vision transformer has. */
export const VIT_TRIALS = 50;
