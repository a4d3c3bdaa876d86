import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { probabilityOf, resnet, resnet10Config } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

const config = { ...resnet10Config, width: 4, spatial: [8, 16, 16] };

describe('probabilityOf', () => {
  it("is the sigmoid of the network's logit, and leaves no tensor", async () => {
    const network = resnet(config);
    const voxels = Float32Array.from({ length: 8 * 16 * 16 }, (_, i) => Math.sin(i));
    const logit = tf.tidy(() => (network.predict(tf.tensor(voxels, [1, 8, 16, 16, 1])) as tf.Tensor).dataSync()[0]!);
    const before = tf.memory().numTensors;
    expect(await probabilityOf(network, voxels)).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
  });

  it('says what it expects of an image of another size, and of a network with several classes', async () => {
    const [one, ten] = [resnet(config), resnet({ ...config, classes: 10 })];
    await expect(probabilityOf(one, new Float32Array(5))).rejects.toThrow(/nn\/wrong-input[^]*8 x 16 x 16 x 1[^]*5 values/);
    await expect(probabilityOf(ten, new Float32Array(2048))).rejects.toThrow(/10 logits/);
    for (const network of [one, ten]) network.dispose();
  });
});
