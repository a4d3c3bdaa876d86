// What a model's layers give
export { layerNames } from './layers.js';
export { featureMaps, type FeatureMap, type FeatureMapsOptions } from './featureMaps.js';
export { layerVectors, type LayerVectors, type LayerVectorsOptions } from './layerVectors.js';

// Where in an image the evidence lies
export { gradCam, type GradCamMap, type GradCamOptions } from './gradCam.js';
export { occlusion, type OcclusionMap, type OcclusionOptions } from './occlusion.js';
export { saliency, type Attribution, type SaliencyOptions } from './saliency.js';
export { integratedGradients, type IntegratedGradients, type IntegratedGradientsOptions } from './integratedGradients.js';
export { classLogit, classProbability, type Score, type Target } from './score.js';

// What a transformer attends to
export { attentionRollout, type AttentionRolloutOptions } from './attentionRollout.js';
export { rolloutMap, type RolloutMapOptions } from './rolloutMap.js';
export { attentionMap, type AttentionMapOptions } from './attentionMap.js';

// Maps
export { resizeMap } from './resizeMap.js';
export { unitScale } from './unitScale.js';
export { overChannels } from './overChannels.js';
export { type FloatArray } from './floatArray.js';
export { type ModelInput } from './modelInputs.js';
