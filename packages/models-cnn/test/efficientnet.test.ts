import { countParameters, loadPytorchTensors, selectBackend, toPytorchTensors } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import {
  efficientnet,
  efficientnet3dB0Config,
  efficientnetB0Config,
  efficientnetForms,
  efficientnetSizes,
  efficientnetStages,
  featureModel,
  type EfficientNetConfig,
} from '../src/index.js';
import { fillByRule, sineInput } from './fillRule.js';
import { hashedImages } from './hashedWeights.js';
import { errorsOf, pytorchCases } from './pytorchCases.js';

beforeAll(async () => {
  await selectBackend();
});

const still = { headDropout: 0, dropConnect: 0 } as const;
const photo = { ...efficientnetB0Config, ...still, channels: 3 } as const;
const fourStages = [0, 1, 2, 4].map((i) => efficientnet3dB0Config.stages[i]!);

const CASES: Readonly<Record<string, Omit<EfficientNetConfig, 'spatial'>>> = {
  'timm tf_efficientnet_b0': photo,
  'timm efficientnet_b0': { ...photo, ...efficientnetForms.timm },
  'timm tf_efficientnet_b2': { ...photo, ...efficientnetSizes.b2, ...still },
  'efficientnet_pytorch b0': { ...photo, ...efficientnetForms.efficientnetPytorch },
  'efficientnet_pytorch_3d, half the width, four stages': { ...efficientnet3dB0Config, ...still, stages: fourStages, widthFactor: 0.5 },
};

/** [parameters, blocks] of efficientnet_pytorch_3d with one channel and one logit, counted with PyTorch. */
const SIZES: readonly [keyof typeof efficientnetSizes, number, number][] = [
  ['b0', 4_689_661, 16],
  ['b1', 7_447_777, 23],
  ['b2', 8_716_355, 23],
  ['b3', 12_060_009, 26],
  ['b4', 19_614_553, 32],
  ['b5', 31_050_513, 39],
  ['b6', 44_393_833, 45],
  ['b7', 68_761_553, 55],
];

const small = { ...efficientnet3dB0Config, widthFactor: 0.25 } as const;

describe('efficientnet', () => {
  it.each(pytorchCases('efficientnet').filter(({ name }) => name in CASES))(
    '$name gives the numbers of PyTorch on random weights',
    (one) => {
      const network = efficientnet({ ...CASES[one.name]!, spatial: one.shape.slice(2) });
      const images = hashedImages(one.shape);
      expect(countParameters(network)).toBe(one.parameters);
      const { evaluation, training, gradients } = errorsOf(network, images, one);
      expect(evaluation).toBeLessThan(1e-4);
      expect(training).toBeLessThan(1e-4);
      expect(gradients).toBeLessThan(2e-2); // few values a channel before the last norms amplify rounding
      network.dispose();
      images.dispose();
    },
  );

  it('b0 in three dimensions gives the output of efficientnet_pytorch_3d under the fill rule', () => {
    const network = efficientnet({ ...efficientnet3dB0Config, spatial: [64, 64, 64] });
    fillByRule(network);
    tf.tidy(() => {
      const [logit] = (network.predict(sineInput([1, 1, 64, 64, 64])) as tf.Tensor).dataSync();
      expect(Math.abs(logit! / 0.7937389907 - 1)).toBeLessThan(1e-4);
    });
    network.dispose();
  });

  it.each(SIZES)('%s in three dimensions has %i parameters in %i blocks, as in PyTorch', (size, parameters, blocks) => {
    const config = { ...efficientnet3dB0Config, ...efficientnetSizes[size], start: 'zeros', spatial: [64, 64, 64] } as const; // drawing b7's takes seconds
    const network = efficientnet(config);
    expect(countParameters(network)).toBe(parameters);
    expect(network.layers.filter(({ name }) => name.endsWith('._project_conv'))).toHaveLength(blocks);
    network.dispose();
  });

  it("ends at 1 x 4 x 4 of the paper's volumes, and shows every stage", () => {
    const config = { ...efficientnet3dB0Config, spatial: [64, 256, 256], widthFactor: 0.25 };
    const network = efficientnet(config);
    const shapeOf = (layer: string) => (network.getLayer(layer).outputShape as number[]).slice(1);
    expect(efficientnetStages(config).map(shapeOf)).toEqual([
      [16, 64, 64, 8],
      [8, 32, 32, 8],
      [4, 16, 16, 16],
      [2, 8, 8, 24],
      [2, 8, 8, 32],
      [1, 4, 4, 48],
      [1, 4, 4, 80],
    ]);
    expect(shapeOf('efficientnet/_conv_head')).toEqual([1, 4, 4, 320]);
    network.dispose();
  });

  it('gives the features of all its stages in one pass', () => {
    const network = efficientnet({ ...small, spatial: [32, 32, 32] });
    const features = featureModel(network, efficientnetStages(small));
    tf.tidy(() => {
      const maps = features.predict(tf.randomNormal([2, 32, 32, 32, 1])) as tf.Tensor[];
      expect(maps.map(({ shape }) => shape.at(-1))).toEqual([8, 8, 16, 24, 32, 48, 80]);
    });
    network.dispose();
  });

  it('names its weights as efficientnet_pytorch does, in its order', () => {
    const network = efficientnet({ ...small, spatial: [32, 32, 32] });
    const names = [...toPytorchTensors(network).keys()].filter((name) => !name.includes('running'));
    expect(names.slice(0, 13)).toEqual([
      '_conv_stem.weight',
      '_bn0.weight',
      '_bn0.bias',
      '_blocks.0._depthwise_conv.weight',
      '_blocks.0._bn1.weight',
      '_blocks.0._bn1.bias',
      '_blocks.0._se_reduce.weight',
      '_blocks.0._se_reduce.bias',
      '_blocks.0._se_expand.weight',
      '_blocks.0._se_expand.bias',
      '_blocks.0._project_conv.weight',
      '_blocks.0._bn2.weight',
      '_blocks.0._bn2.bias',
    ]);
    expect(names[13]).toBe('_blocks.1._expand_conv.weight');
    expect(names.slice(-5)).toEqual(['_conv_head.weight', '_bn1.weight', '_bn1.bias', '_fc.weight', '_fc.bias']);
    network.dispose();
  });

  it("loads timm's names", () => {
    const [network, other] = [1, 2].map((seed) => efficientnet({ ...efficientnetB0Config, widthFactor: 0.25, spatial: [32, 32], seed }));
    loadPytorchTensors(other!, new Map([...toPytorchTensors(network!)].map(([name, tensor]) => [timmName(name), tensor])));
    tf.tidy(() => {
      const x = tf.randomNormal([1, 32, 32, 1]);
      expect((other!.predict(x) as tf.Tensor).dataSync()).toEqual((network!.predict(x) as tf.Tensor).dataSync());
    });
    for (const each of [network, other]) each!.dispose();
  });

  it('takes volumes that are smaller than its stride', () => {
    const network = efficientnet({ ...small, spatial: [5, 40, 64] });
    tf.tidy(() => expect((network.predict(tf.randomNormal([1, 5, 40, 64, 1])) as tf.Tensor).shape).toEqual([1, 1]));
    network.dispose();
  });

  it('leaves out later blocks more often', () => {
    const network = efficientnet({ ...small, spatial: [32, 32, 32], dropConnect: 0.4 });
    const rates = network.layers.filter(({ name }) => name.endsWith('drop_connect')).map((layer) => layer.getConfig()['rate'] as number);
    const blocks = [2, 4, 6, 7, 9, 10, 12, 13, 14];
    expect(rates).toEqual(blocks.map((block) => (0.4 * block) / 16));
    network.dispose();
  });
});

/** Of b0. */
function timmName(name: string): string {
  const [, block, rest] = /^_blocks\.(\d+)\.(.*)$/.exec(name) ?? [];
  const outside = { _conv_stem: 'conv_stem', _bn0: 'bn1', _conv_head: 'conv_head', _bn1: 'bn2', _fc: 'classifier' } as Record<
    string,
    string
  >;
  if (rest === undefined) return name.replace(/^\w+/, (module) => outside[module]!);
  const stages = [0, 1, 3, 5, 8, 11, 15];
  const stage = stages.findLastIndex((first) => first <= Number(block));
  const [module, leaf] = rest.split('.');
  const plain = { _depthwise_conv: 'conv_dw', _bn1: 'bn1', _project_conv: 'conv_pw', _bn2: 'bn2' };
  const widening = {
    _expand_conv: 'conv_pw',
    _bn0: 'bn1',
    _depthwise_conv: 'conv_dw',
    _bn1: 'bn2',
    _project_conv: 'conv_pwl',
    _bn2: 'bn3',
  };
  const within = { _se_reduce: 'se.conv_reduce', _se_expand: 'se.conv_expand', ...(stage === 0 ? plain : widening) } as Record<
    string,
    string
  >;
  return `blocks.${stage}.${Number(block) - stages[stage]!}.${within[module!]}.${leaf}`;
}
