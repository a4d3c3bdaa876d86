import type { Augmentation } from './augmentation.js';
import { randomFlip } from './flip.js';
import { randomGaussianSmooth } from './gaussianSmooth.js';
import { randomGibbsNoise } from './gibbsNoise.js';
import { randomAffine } from './randomAffine.js';

const flips = [randomFlip({ axis: 'width', probability: 0.5 }), randomFlip({ axis: 'height', probability: 0.5 })];

/**
 * "Aug: Yes" of the paper's Tables 1 and 4 (Saeed et al. 2022), which does not say what was done: flips, and what section 4.2 names for the downstream
 * task, all at MONAI's probabilities but for the affine map.
 */
export const paperAugmentation: readonly Augmentation[] = [
  ...flips,
  randomAffine({ probability: 0.5, rotationDegrees: 15, scale: 0.1, translation: 0.05 }),
  randomGibbsNoise({ probability: 0.1 }),
  randomGaussianSmooth({ probability: 0.1 }),
];

/**
 * Contrastive pretraining, section 4.2: "random vertical and horizontal flips, random rotations, and random Gaussian smoothing". Every view is turned, and
 * half of them are blurred, as by Chen et al. 2020 (arXiv:2002.05709, appendix A): the two views of a slice must differ.
 */
export const simclrAugmentation: readonly Augmentation[] = [
  ...flips,
  randomAffine({ probability: 1, rotationDegrees: 30, padding: 'border' }), // MONAI's padding of rotations
  randomGaussianSmooth({ probability: 0.5 }),
];

/** The task after it, section 4.2: "random affine transforms, random Gibbs noise, and random Gaussian smoothing". */
export const simclrTransferAugmentation: readonly Augmentation[] = paperAugmentation.slice(flips.length);
