import { layerRandomState, lossAndGradients, selectBackend, sigmoidCrossEntropy, toPytorchTensors, trainableVariables } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import {
  changResnet,
  changResnetConfig,
  cnnLstm,
  cnnLstmConfig,
  densenet,
  densenet121Config,
  efficientnet,
  efficientnet3dB0Config,
  efficientnetB0Config,
  efficientnetForms,
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

interface Row {
  readonly make: () => tf.LayersModel;
  /** Of each input, without the batch axis. */
  readonly inputs: readonly (readonly number[])[];
  readonly classes?: number;
}

const narrow = { width: 4 } as const;
const shallow = { blocks: [2, 3, 2], growth: 4, width: 8 } as const;

const thin = { widthFactor: 0.25, headChannels: 256 } as const;
const [stages3d, stages2d] = [efficientnet3dB0Config, efficientnetB0Config].map(({ stages }) => stages.slice(0, 4));

/** Every network, narrow enough for a test. A new one is tested by a row here. */
const NETWORKS: Readonly<Record<string, Row>> = {
  'ResNet10, 3-D, MONAI 0.6': {
    make: () => resnet({ ...resnet10Config, ...narrow, spatial: [16, 16, 8] }),
    inputs: [[16, 16, 8, 1]],
  },
  'ResNet10, 3-D, ten classes': {
    make: () => resnet({ ...resnet10Config, ...narrow, spatial: [28, 28, 1], classes: 10 }),
    inputs: [[28, 28, 1, 1]],
    classes: 10,
  },
  'ResNet18, 2-D': { make: () => resnet({ ...resnet18Config, ...narrow, spatial: [32, 32] }), inputs: [[32, 32, 1]] },
  "ResNet18, 3-D, today's MONAI, cubic stride": {
    make: () => resnet({ ...resnet18Config, ...resnetForms.monai, ...narrow, spatial: [8, 16, 16] }),
    inputs: [[8, 16, 16, 1]],
  },
  'ResNet18, one channel seen as a photograph': {
    make: () => resnet({ ...resnet18Config, ...narrow, spatial: [32, 32], seenAs: 'imagenet' }),
    inputs: [[32, 32, 1]],
  },
  'ResNet18, more fully connected layers': {
    make: () => resnet({ ...resnet18MoreFcConfig, ...narrow, spatial: [32, 32] }),
    inputs: [[32, 32, 1]],
  },
  'ResNet34, 2-D, 20 channels': {
    make: () => resnet({ ...resnet34Config, ...narrow, spatial: [32, 32], channels: 20 }),
    inputs: [[32, 32, 20]],
  },
  'ResNet50, 2-D': { make: () => resnet({ ...resnet50Config, ...narrow, spatial: [32, 32] }), inputs: [[32, 32, 1]] },
  'ResNet50, 3-D': { make: () => resnet({ ...resnet50Config, ...narrow, spatial: [8, 16, 16] }), inputs: [[8, 16, 16, 1]] },
  'DenseNet, 2-D': { make: () => densenet({ ...densenet121Config, ...shallow, spatial: [32, 32] }), inputs: [[32, 32, 1]] },
  'DenseNet, 2-D, with dropout, seen as a photograph': {
    make: () => densenet({ ...densenet121Config, ...shallow, spatial: [33, 35], dropout: 0.2, seenAs: 'imagenet', channels: 3 }),
    inputs: [[33, 35, 3]],
  },
  'DenseNet, 3-D': { make: () => densenet({ ...densenet121Config, ...shallow, spatial: [16, 16, 16] }), inputs: [[16, 16, 16, 1]] },
  "Chang's ResNet, four modalities": { make: () => changResnet({ ...changResnetConfig, channels: 4 }), inputs: [[32, 32, 4]] },
  'two branches, stacked': {
    make: () => twoBranch({ ...twoBranchConfig, ...narrow, spatial: [32, 32] }),
    inputs: [[32, 32, 1], [32, 32, 1]], // prettier-ignore
  },
  'two branches, added, bottlenecks': {
    make: () => twoBranch({ ...twoBranchConfig, ...resnet50Config, ...narrow, combine: 'add', spatial: [32, 32], channels: 2 }),
    inputs: [[32, 32, 2], [32, 32, 2]], // prettier-ignore
  },
  'EfficientNet, 3-D': {
    make: () => efficientnet({ ...efficientnet3dB0Config, ...thin, spatial: [16, 32, 32] }),
    inputs: [[16, 32, 32, 1]],
  },
  'EfficientNet, 3-D, two channels, ten classes, odd extents': {
    make: () => efficientnet({ ...efficientnet3dB0Config, ...thin, stages: stages3d!, spatial: [9, 21, 30], channels: 2, classes: 10 }),
    inputs: [[9, 21, 30, 2]],
    classes: 10,
  },
  "EfficientNet, 2-D, timm's padding, seen as a photograph": {
    make: () =>
      efficientnet({
        ...efficientnetB0Config,
        ...efficientnetForms.timm,
        ...thin,
        stages: stages2d!,
        spatial: [64, 64],
        seenAs: 'imagenet',
      }),
    inputs: [[64, 64, 1]],
  },
  'CNN-LSTM of four modalities': {
    make: () =>
      cnnLstm({ ...cnnLstmConfig, spatial: [3, 32, 32], encoder: { ...cnnLstmConfig.encoder, ...thin, stages: stages2d!, classes: 8 } }),
    inputs: [[3, 32, 32, 4]],
  },
};

beforeAll(async () => {
  await selectBackend();
});

describe.each(Object.entries(NETWORKS))('%s', (_, { make, inputs, classes = 1 }) => {
  const images = (batch: number) => {
    const each = inputs.map((shape, i) => tf.randomNormal([batch, ...shape], 0, 1, 'float32', 5 + i));
    return each.length === 1 ? each[0]! : each;
  };

  it('takes and gives the shapes that its config says, and shows its summary', () => {
    const network = make();
    expect(network.inputs.map(({ shape }) => shape)).toEqual(inputs.map((shape) => [null, ...shape]));
    expect(network.outputShape).toEqual([null, classes]);
    const lines: string[] = [];
    network.summary(undefined, undefined, (line) => lines.push(String(line)));
    expect(lines.length).toBeGreaterThan(network.layers.length);
    network.dispose();
  });

  it('trains: finite loss and gradients, and no tensor stays behind', () => {
    const network = make();
    const [variables, x] = [trainableVariables(network), images(2)];
    const labels = tf.tidy(() => tf.zeros([2, classes]));
    const before = tf.memory().numTensors;
    const { loss, gradients } = lossAndGradients(variables, () =>
      sigmoidCrossEntropy(network.apply(x, { training: true }) as tf.Tensor, labels),
    );
    const norms = gradients.map((gradient) => tf.tidy(() => tf.norm(gradient).dataSync()[0]!));
    expect(norms.every((norm) => Number.isFinite(norm))).toBe(true);
    expect(norms.filter((norm) => norm > 0).length).toBeGreaterThan(0.9 * norms.length); // a bias before a batch norm has none
    expect(loss.dataSync()[0]).toBeGreaterThan(0);
    expect(layerRandomState(network).every((draws) => draws === 1)).toBe(true);
    tf.dispose([loss, ...gradients]);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
    tf.dispose([x, labels]);
  });

  it('is gone without a trace once disposed of', () => {
    const before = tf.memory().numTensors;
    const network = make();
    const x = images(1);
    (network.predict(x) as tf.Tensor).dispose();
    tf.dispose(x);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('comes back from its own JSON and weights with the same answer', async () => {
    const network = make();
    const loaded = await reloaded(network);
    tf.tidy(() => {
      const x = images(2);
      expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((network.predict(x) as tf.Tensor).dataSync());
    });
    for (const each of [network, loaded]) each.dispose();
  });

  it('knows its weights by the names of PyTorch, and starts from the same for the same seed', () => {
    const [a, b] = [make(), make()];
    const [first, second] = [toPytorchTensors(a), toPytorchTensors(b)];
    expect([...first.keys()].filter((name) => !name.includes('running'))).toHaveLength(trainableVariables(a).length);
    expect(first).toEqual(second);
    for (const each of [a, b]) each.dispose();
  });
});

/** The network as its saved files would bring it back. */
async function reloaded(network: tf.LayersModel): Promise<tf.LayersModel> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await network.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const modelTopology = JSON.parse(JSON.stringify(artifacts!.modelTopology)) as tf.io.ModelJSON['modelTopology'];
  return tf.loadLayersModel({ load: async () => ({ ...artifacts!, modelTopology }) });
}
