export { resnet, type ResNetBlock, type ResNetConfig } from './resnet.js';
export { resnet10Config, resnet18Config, resnet34Config, resnet50Config, type ResNetPreset } from './resnetConfigs.js';
export { probabilityOf } from './probabilityOf.js';
