import { isMgmtError } from '@mgmt/core';
import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors } from '../../nn/test/onEachBackend.js';
import { classLogit, classProbability, featureMaps, gradCam, layerNames, occlusion, saliency } from '../src/index.js';
import { captumCases, captumInput, captumNetwork } from './captumNetwork.js';
import { nested, shared, withSoftmax } from './strangers.js';

beforeAll(async () => {
  await selectBackend();
});

const [several, single] = captumCases as [(typeof captumCases)[number], (typeof captumCases)[number]];

/** What the promise is refused with, as text; nothing may be left behind. */
async function refusal(action: () => Promise<unknown>): Promise<string> {
  let text = 'nothing was refused';
  await leavesNoTensors(async () => {
    await action().catch((error: unknown) => {
      text = isMgmtError(error) ? error.message : `no MgmtError: ${String(error)}`;
    });
  });
  return text;
}

describe('a layer', () => {
  it('that is not there is answered with the names most like it', async () => {
    const network = captumNetwork(several);
    const text = await refusal(() => gradCam(network, captumInput(several), { layer: 'conv_2', target: 1 }));
    expect(text).toMatch(/^interpret\/unknown-layer: the model has no layer 'conv_2'\n {2}expected one such as 'conv2', 'conv1'/);
    expect(await refusal(() => featureMaps(network, captumInput(several), { layers: ['relu1', 'zzz'] }))).toMatch(/layerNames/);
    network.dispose();
  });

  it('whose name several have is answered with their paths', async () => {
    const { trunk, whole, image } = nested();
    const twin = tf.sequential({
      name: 'twin',
      layers: [tf.layers.conv2d({ name: 'stock2', filters: 2, kernelSize: 1, inputShape: [4, 5, 6] })],
    });
    const both = tf.model({ inputs: trunk.inputs, outputs: twin.apply(trunk.apply(trunk.inputs[0]!)) as tf.SymbolicTensor });
    expect(layerNames(both)).toEqual(['trunk/stock1', 'trunk/pool', 'trunk/stock2', 'twin/stock2']);
    const target = ([output]: readonly tf.Tensor[]) => tf.sum(output!, [1, 2, 3]);
    const text = await refusal(() => gradCam(both, image, { layer: 'stock2', target }));
    expect(text).toMatch(/several layers have the name 'stock2'[^]*'trunk\/stock2', 'twin\/stock2'/);
    whole.dispose();
    image.dispose();
  });

  it('without spatial axes has no map', async () => {
    const network = captumNetwork(single);
    const text = await refusal(() => gradCam(network, captumInput(single), { layer: 'fc' }));
    expect(text).toMatch(/no-spatial-axes: layer 'fc'[^]*\[batch, depth, height, width, channel\][^]*found \[2, 1\][^]*last convolution/);
    network.dispose();
  });

  it('that the score does not hang on has no gradient', async () => {
    const { model, inputs } = shared();
    const text = await refusal(() => gradCam(model, inputs, { layer: 'conv', target: () => tf.ones([1]) }));
    expect(text).toMatch(/no-gradient: the score has no gradient at layer 'conv'/);
    expect(await refusal(() => saliency(model, inputs, { target: () => tf.ones([1]) }))).toMatch(/no-gradient[^]*at this input/);
    model.dispose();
    tf.dispose(inputs);
  });
});

describe('an input', () => {
  it.each([
    ['of another size', { data: new Float32Array(18), shape: [1, 3, 3, 2] }, /\[batch, 9, 8, 2\][^]*found \[1, 3, 3, 2\]/],
    ['without a batch axis', { data: new Float32Array(144), shape: [9, 8, 2] }, /found \[9, 8, 2\][^]*batch axis of 1/],
    ['with too few numbers', { data: new Float32Array(5), shape: [1, 9, 8, 2] }, /144 numbers[^]*found 5/],
    ['without an image', { data: new Float32Array(0), shape: [0, 9, 8, 2] }, /found \[0, 9, 8, 2\]/],
    ['too many', [captumInput(several), captumInput(several)], /1 inputs[^]*found 2/],
  ])('%s is refused', async (_, x, message) => {
    const network = captumNetwork(several);
    for (const action of [
      () => featureMaps(network, x),
      () => gradCam(network, x, { layer: 'conv1', target: 1 }),
      () => saliency(network, x, { target: 1 }),
      () => occlusion(network, x, { patch: 2, target: 1 }),
    ]) {
      const text = await refusal(action);
      expect(text).toMatch(/^interpret\/wrong-input/);
      expect(text).toMatch(message);
    }
    network.dispose();
  });

  it('of a model with two must be as many images in each', async () => {
    const { model, inputs } = shared();
    const more = tf.tidy(() => tf.tile(inputs[1]!, [2, 1, 1, 1]));
    expect(await refusal(() => featureMaps(model, [inputs[0]!, more]))).toMatch(/as many images in each[^]*found 1, 2/);
    expect(await refusal(() => saliency(model, inputs, { input: 2 }))).toMatch(/wrong-input: option input[^]*0 to 1[^]*found 2/);
    model.dispose();
    tf.dispose([...inputs, more]);
  });

  it('that is no image cannot be occluded', async () => {
    const x = tf.input({ shape: [5] });
    const model = tf.model({ inputs: x, outputs: tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor });
    const text = await refusal(() => occlusion(model, { data: new Float32Array(5), shape: [1, 5] }, { patch: 1 }));
    expect(text).toMatch(/no-spatial-axes[^]*found \[1, 5\]/);
    model.dispose();
  });
});

describe('a class', () => {
  it.each([
    ['3 of three', several, 3, /from 0 to 2[^]*found 3/],
    ['-1 of three', several, -1, /from 0 to 2[^]*found -1/],
    ['none of three', several, undefined, /from 0 to 2[^]*found none[^]*target: 3/],
    ['2 of a single logit', single, 2, /1 for the logit, 0 for its negative[^]*found 2/],
    ['a probability out of range', several, classProbability(7), /found 7/],
    ['half a class', several, classLogit(0.5), /found 0.5/],
  ] as const)('%s is out of range', async (_, each, target, message) => {
    const network = captumNetwork(each);
    const options = target === undefined ? {} : { target };
    for (const action of [
      () => gradCam(network, captumInput(each), { layer: 'relu2', ...options }),
      () => saliency(network, captumInput(each), options),
      () => occlusion(network, captumInput(each), { patch: 2, ...options }),
    ]) {
      const text = await refusal(action);
      expect(text).toMatch(/^interpret\/class-out-of-range: option target/);
      expect(text).toMatch(message);
    }
    network.dispose();
  });

  it('is the first class where index 0 of several is asked for', async () => {
    const network = captumNetwork(several);
    const { scores } = await saliency(network, captumInput(several), { target: 0 });
    [0, 3].forEach((at, image) => expect(scores[image]).toBeCloseTo(several.logits[at]!, 4));
    network.dispose();
  });

  it('needs a row of logits: a map of them is explained by a function', async () => {
    const { trunk, whole, image } = nested();
    expect(await refusal(() => saliency(trunk, image))).toMatch(/bad-score[^]*one output \[batch, classes\][^]*found \[1, 4, 5, 6\]/);
    const { scores } = await saliency(trunk, image, { target: ([output]) => tf.max(output!, [1, 2, 3]) });
    expect(scores).toHaveLength(1);
    whole.dispose();
    image.dispose();
  });

  it("'s score must be one number an image, and what a target throws comes through", async () => {
    const { model, image } = withSoftmax();
    expect(await refusal(() => saliency(model, image, { target: ([output]) => output! }))).toMatch(
      /bad-score: option target[^]*\[1\], found \[1, 3\]/,
    );
    const broken = () => {
      throw new Error('mine');
    };
    expect(await refusal(() => gradCam(model, image, { layer: 'features', target: broken }))).toBe('no MgmtError: Error: mine');
    model.dispose();
    image.dispose();
  });
});
