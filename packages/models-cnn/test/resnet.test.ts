import { countParameters, lossAndGradients, selectBackend, sigmoidCrossEntropy, toPytorchTensors, trainableVariables } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import {
  resnet,
  resnet10Config,
  resnet18Config,
  resnet34Config,
  resnet50Config,
  type ResNetConfig,
  type ResNetPreset,
} from '../src/index.js';
import { fillByRule, sineInput } from './fillRule.js';

beforeAll(async () => {
  await selectBackend();
});

const monai = { ...resnet10Config, stemStride: [1, 2, 2] } as const; // in MONAI's own order of axes

/** [network, preset, parameters], counted with PyTorch. */
const COUNTS: readonly [string, ResNetPreset, number][] = [
  ['ResNet10 as of MONAI 0.6', resnet10Config, 14_356_929],
  ["ResNet10 as of today's MONAI", { ...resnet10Config, downsampleBias: false }, 14_356_033],
  ['ResNet10 for ten digits', { ...resnet10Config, classes: 10 }, 14_361_546],
  ['ResNet18', resnet18Config, 11_170_753],
  ['ResNet18, 20 channels', { ...resnet18Config, channels: 20 }, 11_230_337],
  ['ResNet34', resnet34Config, 21_278_913],
  ['ResNet50', resnet50Config, 23_503_809],
];

/** [network, config, PyTorch's input shape, outputs]: float64 of torchvision and MONAI 0.6 under the fill rule. */
const OUTPUTS: readonly [string, Omit<ResNetConfig, 'spatial'>, readonly number[], readonly number[]][] = [
  ['ResNet10 on a cube', monai, [1, 1, 16, 16, 16], [1.0130636512]],
  ['ResNet10 on a long box', monai, [1, 1, 32, 16, 8], [1.0113221483]],
  ['ResNet18', { ...resnet18Config, channels: 3 }, [2, 3, 64, 64], [0.8314096848, 0.8312481621]],
  ['ResNet34', { ...resnet34Config, channels: 3 }, [2, 3, 64, 64], [0.8356040592, 0.8359355358]],
  ['ResNet50', { ...resnet50Config, channels: 3 }, [2, 3, 64, 64], [0.8466922096, 0.8468719855]],
];

/** Every form at a size that a test can train. */
const SMALL: readonly [string, ResNetConfig][] = [
  ['10, 3-D', { ...resnet10Config, width: 4, spatial: [16, 16, 8] }],
  ['10, 3-D, ten classes', { ...resnet10Config, width: 4, spatial: [28, 28, 1], classes: 10 }],
  ['18, 2-D', { ...resnet18Config, width: 4, spatial: [32, 32] }],
  ['18, 3-D', { ...resnet18Config, width: 4, spatial: [8, 16, 16], stemStride: 2 }],
  ['34, 2-D, 20 channels', { ...resnet34Config, width: 4, spatial: [32, 32], channels: 20 }],
  ['50, 2-D', { ...resnet50Config, width: 4, spatial: [32, 32] }],
];

describe('resnet', () => {
  it.each(COUNTS)('%s has as many parameters as in PyTorch', (_, preset, parameters) => {
    const network = resnet({ ...preset, spatial: preset.block === 'basic' && preset.blocks[0] === 1 ? [16, 16, 16] : [32, 32] });
    expect(countParameters(network)).toBe(parameters);
    network.dispose();
  });

  it.each(OUTPUTS)("%s gives PyTorch's outputs", (_, config, shape, expected) => {
    const network = resnet({ ...config, spatial: shape.slice(2) });
    fillByRule(network);
    tf.tidy(() => {
      const logits = (network.predict(sineInput(shape)) as tf.Tensor).dataSync();
      expect(logits).toHaveLength(expected.length);
      logits.forEach((logit, i) => expect(Math.abs(logit / expected[i]! - 1)).toBeLessThan(1e-4));
    });
    network.dispose();
  });

  it('has the shapes that the competition winner saw, its axes turned', () => {
    const network = resnet({ ...resnet10Config, width: 4, spatial: [64, 256, 256], stemStride: [2, 2, 1] });
    const shapeOf = (layer: string) => (network.getLayer(layer).outputShape as number[]).slice(1, -1);
    expect(['conv1', 'maxpool', 'layer2.0', 'layer3.0', 'layer4.0'].map(shapeOf)).toEqual([
      [32, 128, 256],
      [16, 64, 128],
      [8, 32, 64],
      [4, 16, 32],
      [2, 8, 16],
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

  it.each(SMALL)('%s trains: finite loss and gradients, and no tensor stays behind', (_, config) => {
    const network = resnet(config);
    const variables = trainableVariables(network);
    const images = tf.randomNormal([2, ...config.spatial, config.channels], 0, 1, 'float32', 5);
    const labels = tf.tidy(() => tf.zeros([2, config.classes]));
    const before = tf.memory().numTensors;
    const { loss, gradients } = lossAndGradients(variables, () =>
      sigmoidCrossEntropy(network.apply(images, { training: true }) as tf.Tensor, labels),
    );
    const norms = gradients.map((gradient) => tf.tidy(() => tf.norm(gradient).dataSync()[0]!));
    expect(norms.every((norm) => Number.isFinite(norm))).toBe(true);
    expect(norms.filter((norm) => norm > 0).length).toBeGreaterThan(0.9 * norms.length); // a bias before a batch norm has none
    expect(loss.dataSync()[0]).toBeGreaterThan(0);
    tf.dispose([loss, ...gradients]);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
    tf.dispose([images, labels]);
  });

  it.each(SMALL)('%s comes back from its own JSON and weights with the same answer', async (_, config) => {
    const network = resnet(config);
    let artifacts: tf.io.ModelArtifacts | undefined;
    await network.save(
      tf.io.withSaveHandler(async (saved) => {
        artifacts = saved;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await tf.loadLayersModel({
      load: async () => JSON.parse(JSON.stringify(artifacts), revive(artifacts!)) as tf.io.ModelArtifacts,
    });
    tf.tidy(() => {
      const x = tf.randomNormal([1, ...config.spatial, config.channels], 0, 1, 'float32', 5);
      expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((network.predict(x) as tf.Tensor).dataSync());
    });
    for (const each of [network, loaded]) each.dispose();
  });

  it('starts from the same weights for the same seed, and from others for another', () => {
    const first = (seed: number) => {
      const network = resnet({ ...resnet10Config, width: 4, spatial: [16, 16, 16], seed });
      const values = Array.from(network.getLayer('layer2.0.conv1').getWeights()[0]!.dataSync().slice(0, 50));
      network.dispose();
      return values;
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });
});

/** JSON holds no buffers: the weights are put back. */
function revive({ weightData }: tf.io.ModelArtifacts) {
  return (key: string, value: unknown) => (key === 'weightData' ? weightData : value);
}
