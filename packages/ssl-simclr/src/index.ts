// Pretraining
export { pretrain, type PretrainOptions } from './pretrain.js';
export { pretrainingConfig, type PretrainingConfig } from './pretrainingConfig.js';
export { encoderOf } from './encoderOf.js';
export { projectionHead, type ProjectionHeadConfig } from './projectionHead.js';

// Images, and two views of each
export { pretrainingSlices, type PretrainingSlice, type PretrainingSlices, type PretrainingSlicesOptions } from './pretrainingSlices.js';
export { twoViews, type TwoViewsConfig, type UnlabeledImages } from './twoViews.js';

// The loss
export { chanceNtXent, ntXent, type NtXentOptions } from './ntXent.js';

// From an encoder to a classifier
export { transfer, type Transfer, transferConfig, type TransferConfig } from './transfer.js';
export { transferModel, transferModelConfig, type TransferModelConfig } from './transferModel.js';

// What an encoder has learned
export { embed } from './embed.js';
export { type Embeddings } from './embeddings.js';
export { alignment } from './alignment.js';
export { uniformity } from './uniformity.js';
export { nearestNeighborAccuracy, type NearestNeighborOptions } from './nearestNeighborAccuracy.js';
