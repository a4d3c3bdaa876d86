export { selectBackend, type BackendReport, type SelectBackendOptions } from './backend/selectBackend.js';
export { BACKEND_NAMES, type BackendName, type TakenBackend } from './backend/candidates.js';
export { add, batchNorm, conv, dense, flatten, globalAveragePool, input, maxPool, model, relu, type Named } from './layers/build.js';
export { BatchNorm, type BatchNormConfig } from './layers/BatchNorm.js';
export { Conv, type ConvConfig } from './layers/Conv.js';
export { Dense, type DenseConfig } from './layers/Dense.js';
export { GlobalAveragePool } from './layers/GlobalAveragePool.js';
export { MaxPool, type MaxPoolConfig } from './layers/MaxPool.js';
export { Relu } from './layers/Relu.js';
export { type WeightStart } from './layers/startingWeights.js';
export { type PytorchLayout, type PytorchNamed, type PytorchSlot } from './layers/pytorchSlots.js';
export { type Padding } from './ops/padding.js';
export { sigmoidCrossEntropy } from './ops/sigmoidCrossEntropy.js';
export { trainableVariables, countParameters } from './trainableVariables.js';
export { lossAndGradients, type LossAndGradients } from './lossAndGradients.js';
export { adamKernel, type AdamKernel, type AdamMoments, type AdamSettings } from './adam/adam.js';
export type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
export {
  encodeSafetensors,
  decodeSafetensors,
  type Safetensors,
  type WeightData,
  type WeightTensor,
} from './weights/safetensors.js';
export { toPytorchTensors, loadPytorchTensors, type LoadReport } from './weights/pytorchTensors.js';
