import { countParameters, selectBackend } from '@mgmt/nn';
import type { LayersModel } from '@tensorflow/tfjs';
import {
  changResnet,
  changResnetConfig,
  densenet,
  densenet121Config,
  densenet161Config,
  densenet169Config,
  densenet201Config,
  resnet,
  resnet10Config,
  resnet18Config,
  resnet18MoreFcConfig,
  resnet34Config,
  resnet50Config,
  resnetForms,
  twoBranch,
  twoBranchConfig,
} from '../src/index.js';

const plane = { spatial: [32, 32] } as const;
const box = { spatial: [16, 16, 16] } as const;

/** As PyTorch 2.15 counts the same networks of torchvision 0.29 and MONAI 0.8, with one logit where nothing else is said. */
const COUNTS: Readonly<Record<string, readonly [number, () => LayersModel]>> = {
  'ResNet10 of MONAI 0.6': [14_356_929, () => resnet({ ...resnet10Config, ...box })],
  "ResNet10 of today's MONAI": [14_356_033, () => resnet({ ...resnet10Config, ...resnetForms.monai, ...box })],
  'ResNet10 for ten digits': [14_361_546, () => resnet({ ...resnet10Config, ...box, classes: 10 })],
  ResNet18: [11_170_753, () => resnet({ ...resnet18Config, ...plane })],
  'ResNet18, 20 channels': [11_230_337, () => resnet({ ...resnet18Config, ...plane, channels: 20 })],
  'ResNet18, more fully connected layers': [11_318_081, () => resnet({ ...resnet18MoreFcConfig, ...plane })],
  ResNet34: [21_278_913, () => resnet({ ...resnet34Config, ...plane })],
  ResNet50: [23_503_809, () => resnet({ ...resnet50Config, ...plane })],
  "MONAI's ResNet18, 3-D, an eighth as wide": [521_753, () => resnet({ ...resnet18Config, ...resnetForms.monai06, ...box, width: 8 })],
  "MONAI's ResNet34, 3-D, an eighth as wide": [996_153, () => resnet({ ...resnet34Config, ...resnetForms.monai06, ...box, width: 8 })],
  "MONAI's ResNet50, 3-D, an eighth as wide": [730_121, () => resnet({ ...resnet50Config, ...resnetForms.monai06, ...box, width: 8 })],
  DenseNet121: [6_948_609, () => densenet({ ...densenet121Config, ...plane })],
  'DenseNet121, 20 channels': [7_008_193, () => densenet({ ...densenet121Config, ...plane, channels: 20 })],
  DenseNet161: [26_464_801, () => densenet({ ...densenet161Config, ...plane })],
  DenseNet169: [12_479_873, () => densenet({ ...densenet169Config, ...plane })],
  DenseNet201: [18_088_577, () => densenet({ ...densenet201Config, ...plane })],
  "Chang's ResNet, 2 modalities": [231_809, () => changResnet(changResnetConfig)],
  "Chang's ResNet, 4 modalities": [232_097, () => changResnet({ ...changResnetConfig, channels: 4 })],
  'two branches, stacked': [22_341_505, () => twoBranch({ ...twoBranchConfig, ...plane })],
  'two branches, added, seen as photographs': [
    22_353_537,
    () => twoBranch({ ...twoBranchConfig, ...plane, combine: 'add', seenAs: 'imagenet' }),
  ],
};

beforeAll(async () => {
  await selectBackend();
});

it.each(Object.entries(COUNTS))('%s has as many parameters as in PyTorch', (_, [parameters, make]) => {
  const network = make();
  expect(countParameters(network)).toBe(parameters);
  network.dispose();
});
