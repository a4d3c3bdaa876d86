import { selectBackend, toPytorchTensors } from '@mgmt/nn';
import { densenet, densenet121Config } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

it("names its weights as torchvision's modules, in their order", () => {
  const network = densenet({ ...densenet121Config, blocks: [1, 1], spatial: [32, 32] });
  const shapes = [...toPytorchTensors(network)].filter(([name]) => /weight$/.test(name)).map(([name, { shape }]) => [name, shape]);
  expect(shapes).toEqual([
    ['features.conv0.weight', [64, 1, 7, 7]],
    ['features.norm0.weight', [64]],
    ['features.denseblock1.denselayer1.norm1.weight', [64]],
    ['features.denseblock1.denselayer1.conv1.weight', [128, 64, 1, 1]],
    ['features.denseblock1.denselayer1.norm2.weight', [128]],
    ['features.denseblock1.denselayer1.conv2.weight', [32, 128, 3, 3]],
    ['features.transition1.norm.weight', [96]],
    ['features.transition1.conv.weight', [48, 96, 1, 1]],
    ['features.denseblock2.denselayer1.norm1.weight', [48]],
    ['features.denseblock2.denselayer1.conv1.weight', [128, 48, 1, 1]],
    ['features.denseblock2.denselayer1.norm2.weight', [128]],
    ['features.denseblock2.denselayer1.conv2.weight', [32, 128, 3, 3]],
    ['features.norm5.weight', [80]],
    ['classifier.weight', [1, 80]],
  ]);
  network.dispose();
});

it('halves every axis twice in the stem and once between blocks, and grows within them', () => {
  const network = densenet({ ...densenet121Config, blocks: [2, 1], growth: 8, width: 16, spatial: [16, 32, 64] });
  const shapeOf = (layer: string) => (network.getLayer(`features.${layer}`).outputShape as number[]).slice(1);
  expect(['pool0', 'denseblock1.denselayer2', 'transition1.pool', 'denseblock2.denselayer1'].map(shapeOf)).toEqual([
    [4, 8, 16, 16],
    [4, 8, 16, 32],
    [2, 4, 8, 16],
    [2, 4, 8, 24],
  ]);
  network.dispose();
});

it("starts as torchvision's: convolutions by their inputs, no bias in the head", () => {
  const network = densenet({ ...densenet121Config, blocks: [1], spatial: [32, 32] });
  const weights = network.getLayer('features.denseblock1.denselayer1.conv2').getWeights()[0]!.dataSync<'float32'>();
  const variance = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
  expect(Math.abs(variance / (2 / (9 * 128)) - 1)).toBeLessThan(0.03); // four standard errors of a variance from 36,864 numbers
  expect(Array.from(network.getLayer('classifier').getWeights()[1]!.dataSync())).toEqual([0]);
  network.dispose();
});
