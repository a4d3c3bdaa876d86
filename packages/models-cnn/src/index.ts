// Networks
export { resnet, resnetStages, resnetTrunk, type ResNetBlock, type ResNetConfig } from './resnet.js';
export {
  resnet10Config,
  resnet18Config,
  resnet18MoreFcConfig,
  resnet34Config,
  resnet50Config,
  resnetForms,
  type ResNetPreset,
} from './resnetConfigs.js';
export { densenet, type DenseNetConfig } from './densenet.js';
export { densenet121Config, densenet161Config, densenet169Config, densenet201Config, type DenseNetPreset } from './densenetConfigs.js';
export { efficientnet, efficientnetStages, type EfficientNetConfig, type EfficientNetStage } from './efficientnet.js';
export {
  efficientnet3dB0Config,
  efficientnetB0Config,
  efficientnetForms,
  efficientnetSizes,
  type EfficientNetPreset,
} from './efficientnetConfigs.js';
export { cnnLstm, cnnLstmConfig, type CnnLstmConfig } from './cnnLstm.js';
export { changResnet, changResnetConfig, type ChangResNetConfig } from './changResnet.js';
export { forBothBranches, twoBranch, twoBranchConfig, type TwoBranchConfig } from './twoBranch.js';

// Their inputs and heads
export { type ImageInputConfig } from './imageInput.js';
export { IMAGENET_DEVIATION, IMAGENET_MEAN, imagenetInput, ImagenetInput } from './ImagenetInput.js';
export { type HeadConfig } from './head.js';

// What they are asked
export { featureModel } from './featureModel.js';
export { probabilityOf } from './probabilityOf.js';
export { predictVolume, type NetworkWithInput } from './predictVolume.js';
