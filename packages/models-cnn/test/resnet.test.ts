import { selectBackend, toPytorchTensors } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { featureModel, resnet, resnet10Config, resnet18Config, resnet18MoreFcConfig, resnet50Config, resnetStages } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

const shapeOf = (network: tf.LayersModel, layer: string) => (network.getLayer(layer).outputShape as number[]).slice(1);

describe('resnet', () => {
  it('has the shapes that the competition winner saw, its axes turned', () => {
    const network = resnet({ ...resnet10Config, width: 4, spatial: [64, 256, 256], stemStride: [2, 2, 1] });
    expect(['conv1', 'maxpool', ...resnetStages(resnet10Config).slice(1)].map((layer) => shapeOf(network, layer))).toEqual([
      [32, 128, 256, 4],
      [16, 64, 128, 4],
      [8, 32, 64, 8],
      [4, 16, 32, 16],
      [2, 8, 16, 32],
    ]);
    network.dispose();
  });

  it("names its weights as MONAI's and torchvision's modules, in their order", () => {
    const network = resnet({ ...resnet10Config, width: 4, spatial: [16, 16, 16] });
    const names = [...toPytorchTensors(network).keys()].filter((name) => !name.includes('running'));
    expect(names.slice(0, 9)).toEqual([
      'conv1.weight',
      'bn1.weight',
      'bn1.bias',
      'layer1.0.conv1.weight',
      'layer1.0.bn1.weight',
      'layer1.0.bn1.bias',
      'layer1.0.conv2.weight',
      'layer1.0.bn2.weight',
      'layer1.0.bn2.bias',
    ]);
    expect(names.slice(-6)).toEqual([
      'layer4.0.downsample.0.weight',
      'layer4.0.downsample.0.bias',
      'layer4.0.downsample.1.weight',
      'layer4.0.downsample.1.bias',
      'fc.weight',
      'fc.bias',
    ]);
    network.dispose();
  });

  it('has a head of 512-256-64-1 where more fully connected layers are asked for, numbered as in a Sequential', () => {
    const network = resnet({ ...resnet18MoreFcConfig, spatial: [32, 32] });
    const shapes = [...toPytorchTensors(network)].filter(([name]) => name.startsWith('fc')).map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual([
      ['fc.0.weight', [256, 512]],
      ['fc.0.bias', [256]],
      ['fc.3.weight', [64, 256]],
      ['fc.3.bias', [64]],
      ['fc.6.weight', [1, 64]],
      ['fc.6.bias', [1]],
    ]);
    expect(['fc.2', 'fc.5'].map((name) => network.getLayer(name).getConfig()['rate'])).toEqual([0.5, 0.5]);
    network.dispose();
  });

  it('starts from other weights for another seed', () => {
    const first = (seed: number) => {
      const network = resnet({ ...resnet10Config, width: 4, spatial: [16, 16, 16], seed });
      const values = Array.from(network.getLayer('layer2.0.conv1').getWeights()[0]!.dataSync().slice(0, 50));
      network.dispose();
      return values;
    };
    expect(first(1)).not.toEqual(first(2));
  });
});

describe('the features of a network', () => {
  it('of every stage come from one pass, and are those that the head sees', () => {
    const network = resnet({ ...resnet50Config, width: 4, spatial: [64, 64] });
    const stages = featureModel(network, resnetStages(resnet50Config));
    tf.tidy(() => {
      const x = tf.randomNormal([2, 64, 64, 1], 0, 1, 'float32', 3);
      const features = stages.predict(x) as tf.Tensor[];
      expect(features.map(({ shape }) => shape)).toEqual([
        [2, 16, 16, 16],
        [2, 8, 8, 32],
        [2, 4, 4, 64],
        [2, 2, 2, 128],
      ]);
      const [weight, bias] = network.getLayer('fc').getWeights();
      const logits = tf.add(tf.matMul(tf.mean(features[3]!, [1, 2]), weight!), bias!);
      const difference = tf.max(tf.abs(tf.sub(logits, network.predict(x) as tf.Tensor))).dataSync()[0]!;
      expect(difference).toBeLessThan(1e-5);
    });
    network.dispose();
  });

  it('of a layer that is not there are refused', () => {
    const network = resnet({ ...resnet18Config, width: 4, spatial: [32, 32] });
    expect(() => featureModel(network, ['layer9'])).toThrow(/layer9/);
    network.dispose();
  });
});
