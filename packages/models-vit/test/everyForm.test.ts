import { layerRandomState, lossAndGradients, selectBackend, sigmoidCrossEntropy, toPytorchTensors, trainableVariables } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { vit, vitTable5Config, vitTable5SlicesConfig, type VitConfig } from '../src/index.js';

const small = { patch: 4, dim: 12, depth: 2, heads: 3, headDim: 5, mlpDim: 7 } as const;
const volume: VitConfig = { ...vitTable5Config, ...small, spatial: [4, 8, 8] };
const slices: VitConfig = { ...vitTable5SlicesConfig, ...small, channels: 6, spatial: [8, 12] };

/** Every form, small enough for a test. A new one is tested by a row here. */
const FORMS: Readonly<Record<string, VitConfig>> = {
  '3-D, 2021': volume,
  '3-D, 2021, mean of tokens': { ...volume, pool: 'mean' },
  "3-D, today's": { ...volume, form: 'current' },
  "3-D, today's, mean of tokens, ten classes": { ...volume, form: 'current', pool: 'mean', classes: 10 },
  '2-D, 2021': slices,
  '2-D, 2021, mean of tokens': { ...slices, pool: 'mean' },
  "2-D, today's": { ...slices, form: 'current' },
  "2-D, today's, mean of tokens, without a class token": { ...slices, form: 'current', pool: 'mean' },
  'one block, oblong patches, two modalities': { ...volume, depth: 1, patch: [2, 4, 8], channels: 2 },
  'one head as wide as a token, not projected out': { ...volume, heads: 1, headDim: 12 },
  'dropout everywhere': { ...volume, dropout: 0.2, embeddingDropout: 0.1 },
  "dropout everywhere, today's, 2-D": { ...slices, form: 'current', dropout: 0.2, embeddingDropout: 0.1, depth: 3 },
};

beforeAll(async () => {
  await selectBackend();
});

describe.each(Object.entries(FORMS))('%s', (_, config) => {
  const images = (batch: number) => tf.randomNormal([batch, ...config.spatial, config.channels], 0, 1, 'float32', 5);

  it('takes and gives the shapes that its config says, and shows its summary', () => {
    const network = vit(config);
    expect(network.inputs[0]!.shape).toEqual([null, ...config.spatial, config.channels]);
    expect(network.outputShape).toEqual([null, config.classes]);
    const lines: string[] = [];
    network.summary(undefined, undefined, (line) => lines.push(String(line)));
    expect(lines.length).toBeGreaterThan(network.layers.length);
    network.dispose();
  });

  it('trains: finite loss and gradients, and no tensor stays behind', () => {
    const network = vit(config);
    const [variables, x, labels] = [trainableVariables(network), images(2), tf.zeros([2, config.classes])];
    const before = tf.memory().numTensors;
    const { loss, gradients } = lossAndGradients(variables, () =>
      sigmoidCrossEntropy(network.apply(x, { training: true }) as tf.Tensor, labels),
    );
    const norms = gradients.map((gradient) => tf.tidy(() => tf.norm(gradient).dataSync()[0]!));
    norms.forEach((norm) => expect(norm).toBeGreaterThan(0));
    norms.forEach((norm) => expect(norm).toBeLessThan(Infinity));
    expect(gradients.map(({ shape }) => shape)).toEqual(variables.map(({ shape }) => shape));
    expect(layerRandomState(network).every((draws) => draws === (config.dropout > 0 ? 1 : 0))).toBe(true);
    tf.dispose([loss, ...gradients]);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
    tf.dispose([x, labels]);
  });

  it('is gone without a trace once disposed of', () => {
    const before = tf.memory().numTensors;
    const network = vit(config);
    const x = images(1);
    (network.predict(x) as tf.Tensor).dispose();
    x.dispose();
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('comes back from its own JSON and weights with the same answer', async () => {
    const network = vit(config);
    const loaded = await reloaded(network);
    tf.tidy(() => {
      const x = images(2);
      expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((network.predict(x) as tf.Tensor).dataSync());
    });
    expect(toPytorchTensors(loaded)).toEqual(toPytorchTensors(network));
    for (const each of [network, loaded]) each.dispose();
  });

  it('starts from the same weights for the same seed, and from others for another', () => {
    const [a, b, other] = [vit(config), vit(config), vit({ ...config, seed: 'another' })];
    const [first, second, third] = [a, b, other].map(toPytorchTensors);
    expect(first).toEqual(second);
    const drawn = [...first!].filter(([, { data }]) => data.some((value) => value !== 0 && value !== 1)); // norms start at 1 and 0
    for (const [name, { data }] of drawn) expect(third!.get(name)!.data).not.toEqual(data);
    for (const each of [a, b, other]) each.dispose();
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
