import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import {
  densenet,
  densenet121Config,
  densenet161Config,
  resnet,
  resnet10Config,
  resnet18Config,
  resnet34Config,
  resnet50Config,
} from '../src/index.js';
import { fillByRule, sineInput } from './fillRule.js';

const monai = { ...resnet10Config, stemStride: [1, 2, 2] } as const; // in MONAI's own order of axes
const photo = { channels: 3, spatial: [64, 64] } as const;
const two = [2, 3, 64, 64] as const;

/** [network, PyTorch's input shape, outputs]: float64 of torchvision and MONAI 0.6 under the fill rule. */
const OUTPUTS: Readonly<Record<string, readonly [() => tf.LayersModel, readonly number[], readonly number[]]>> = {
  'ResNet10 on a cube': [() => resnet({ ...monai, spatial: [16, 16, 16] }), [1, 1, 16, 16, 16], [1.0130636512]],
  'ResNet10 on a long box': [() => resnet({ ...monai, spatial: [32, 16, 8] }), [1, 1, 32, 16, 8], [1.0113221483]],
  ResNet18: [() => resnet({ ...resnet18Config, ...photo }), two, [0.8314096848, 0.8312481621]],
  ResNet34: [() => resnet({ ...resnet34Config, ...photo }), two, [0.8356040592, 0.8359355358]],
  ResNet50: [() => resnet({ ...resnet50Config, ...photo }), two, [0.8466922096, 0.8468719855]],
  DenseNet121: [() => densenet({ ...densenet121Config, ...photo }), two, [0.9913523429, 0.9913525369]],
  DenseNet161: [() => densenet({ ...densenet161Config, ...photo }), two, [2.3851448841, 2.3851513214]],
};

beforeAll(async () => {
  await selectBackend();
});

it.each(Object.entries(OUTPUTS))("%s gives PyTorch's outputs", (_, [make, shape, expected]) => {
  const network = make();
  fillByRule(network);
  tf.tidy(() => {
    const logits = (network.predict(sineInput(shape)) as tf.Tensor).dataSync();
    expect(logits).toHaveLength(expected.length);
    logits.forEach((logit, i) => expect(Math.abs(logit / expected[i]! - 1)).toBeLessThan(1e-4));
  });
  network.dispose();
});
