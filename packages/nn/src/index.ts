export { selectBackend, type BackendReport, type SelectBackendOptions } from './backend/selectBackend.js';
export { mendBackend } from './backend/mend/mendBackend.js';
export { BACKEND_NAMES, type BackendName, type TakenBackend } from './backend/candidates.js';
export {
  add,
  averagePool,
  batchNorm,
  batchToSteps,
  concatenate,
  conv,
  dense,
  depthwiseConv,
  dropConnect,
  dropout,
  firstToken,
  flatten,
  gelu,
  globalAveragePool,
  groupNorm,
  input,
  layerNorm,
  lstm,
  maxPool,
  model,
  multiHeadAttention,
  multiply,
  patches,
  relu,
  reshape,
  sigmoid,
  stepsToBatch,
  swish,
  type Named,
} from './layers/build.js';
export { AveragePool, type AveragePoolConfig } from './layers/AveragePool.js';
export { Add } from './layers/Add.js';
export { hasBfloat16, withPrecision, type Precision } from './precision.js';
export { BatchNorm, type BatchNormConfig } from './layers/BatchNorm.js';
export { BatchToSteps, type BatchToStepsConfig } from './layers/BatchToSteps.js';
export { ClassToken, type ClassTokenConfig } from './layers/ClassToken.js';
export { Concatenate } from './layers/Concatenate.js';
export { Conv, type ConvConfig } from './layers/Conv.js';
export { Dense, type DenseConfig } from './layers/Dense.js';
export { DepthwiseConv, type DepthwiseConvConfig } from './layers/DepthwiseConv.js';
export { DropConnect, type DropConnectConfig } from './layers/DropConnect.js';
export { Dropout, type DropoutConfig } from './layers/Dropout.js';
export { FirstToken } from './layers/FirstToken.js';
export { Gelu } from './layers/Gelu.js';
export { GlobalAveragePool } from './layers/GlobalAveragePool.js';
export { GroupNorm, type GroupNormConfig } from './layers/GroupNorm.js';
export { LayerRandom, layerRandomState, setLayerRandomState, type DrawingLayer } from './layers/layerRandom.js';
export { LayerNorm, type LayerNormConfig } from './layers/LayerNorm.js';
export { Lstm, type LstmConfig } from './layers/Lstm.js';
export { MaxPool, type MaxPoolConfig } from './layers/MaxPool.js';
export { MultiHeadAttention, type MultiHeadAttentionConfig } from './layers/MultiHeadAttention.js';
export { Patches, type PatchesConfig } from './layers/Patches.js';
export { PositionEmbedding, type PositionEmbeddingConfig } from './layers/PositionEmbedding.js';
export { Multiply } from './layers/Multiply.js';
export { Relu } from './layers/Relu.js';
export { Sigmoid } from './layers/Sigmoid.js';
export { StepsToBatch } from './layers/StepsToBatch.js';
export { Swish } from './layers/Swish.js';
export { type WeightStart } from './layers/startingWeights.js';
export { type PytorchLayout, type PytorchNamed, type PytorchSlot, type SlotWeight } from './layers/pytorchSlots.js';
export { type Padding } from './ops/padding.js';
export { sigmoidCrossEntropy } from './ops/sigmoidCrossEntropy.js';
export { probabilitiesOf, type SampleArray } from './probabilitiesOf.js';
export { trainableVariables, countParameters } from './trainableVariables.js';
export { trainingPass } from './trainingPass.js';
export { lossAndGradients, type LossAndGradients } from './lossAndGradients.js';
export { sumOfSquares } from './ops/sumOfSquares.js';
export { adamKernel, type AdamKernel, type AdamMoments, type AdamSettings } from './adam/adam.js';
export { sgdKernel, type SgdKernel, type SgdSettings } from './sgd/sgd.js';
export type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
export { encodeSafetensors, decodeSafetensors, type Safetensors } from './weights/safetensors.js';
export { type WeightTensor } from './weights/weightTensor.js';
export { type WeightData } from './weights/elementTypes.js';
export { toPytorchTensors, loadPytorchTensors } from './weights/pytorchTensors.js';
export { type LoadOptions, type LoadReport } from './weights/planLoad.js';
export { adaptStem } from './weights/adaptStem.js';
export { augmentation, type Augment, type Augmentation } from './augment/augmentation.js';
export { augmentationFromJson, augmentationToJson } from './augment/augmentationJson.js';
export { paperAugmentation, simclrAugmentation, simclrTransferAugmentation } from './augment/paperAugmentations.js';
export { flip, randomFlip, type RandomFlip } from './augment/flip.js';
export { affine, type AffineOptions, type AffinePadding } from './augment/affine.js';
export { affineMatrix, type AffineMatrix, type AffineParameters } from './augment/affineMatrix.js';
export { randomAffine, type RandomAffine, type RandomAffineConfig } from './augment/randomAffine.js';
export { gibbsNoise, randomGibbsNoise, type RandomGibbsNoise } from './augment/gibbsNoise.js';
export { gaussianSmooth, randomGaussianSmooth, type RandomGaussianSmooth } from './augment/gaussianSmooth.js';
export {
  resizedCrop,
  randomResizedCrop,
  type CropBox,
  type RandomResizedCrop,
  type RandomResizedCropConfig,
} from './augment/resizedCrop.js';
export {
  changeIntensity,
  randomIntensity,
  type IntensityChange,
  type RandomIntensity,
  type RandomIntensityConfig,
} from './augment/intensity.js';
export { type AxisName, type ImageBatch } from './augment/imageBatch.js';
export { type AxisRanges, type AxisSpreads, type Range, type Spread } from './augment/range.js';
export { attentionMaps } from './attentionMaps.js';
export { modelGraph, type ModelGraph, type ModelPart, type PartKind } from './modelGraph.js';
