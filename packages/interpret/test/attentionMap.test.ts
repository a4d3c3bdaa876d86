import { attentionMaps, selectBackend } from '@mgmt/nn';
import { vit, vitTable5Config, type VitConfig } from '@mgmt/models-vit';
import * as tf from '@tensorflow/tfjs';
import { leavesNoTensors } from '../../nn/test/onEachBackend.js';
import { attentionMap, attentionRollout, resizeMap, rolloutMap } from '../src/index.js';
import { captumCases, captumInput, captumNetwork } from './captumNetwork.js';

beforeAll(async () => {
  await selectBackend();
});

const config: VitConfig = {
  ...vitTable5Config,
  spatial: [4, 8, 12],
  patch: [2, 4, 4],
  dim: 8,
  depth: 2,
  heads: 2,
  headDim: 4,
  mlpDim: 8,
  seed: 3,
}; // 2 x 2 x 3 patches
const image = { data: Float32Array.from({ length: 2 * 4 * 8 * 12 }, (_, i) => Math.sin(i * i)), shape: [2, 4, 8, 12, 1] };

describe('attentionMap', () => {
  it.each(['cls', 'mean'] as const)("is the rollout of a transformer's attention on its own patches: pool %s", async (pool) => {
    const network = vit({ ...config, pool });
    const attentions = attentionMaps(network, tf.tensor(image.data, image.shape));
    const rollout = await attentionRollout(attentions, { heads: 'max' });
    tf.dispose(attentions);
    const own = rolloutMap(rollout, { patches: [2, 2, 3], pool: pool === 'cls' ? 'class' : 'mean' });
    const options = { heads: 'max', ...(pool === 'mean' && { pool }) } as const;
    expect(await attentionMap(network, image, { ...options, grid: 'patches' })).toEqual(own);
    expect(await attentionMap(network, image, options)).toEqual(resizeMap(own, [4, 8, 12]));
    expect(own.data.every((share) => share > 0)).toBe(true);
    network.dispose();
  });

  it('takes the patches that it is told', async () => {
    const network = vit(config);
    expect((await attentionMap(network, image, { patches: [12, 1, 1], grid: 'patches' })).shape).toEqual([2, 12, 1, 1]);
    await expect(attentionMap(network, image, { patches: [2, 2, 2] })).rejects.toThrow(
      /bad-attention[^]*2 x 2 x 2 = 8 patches[^]*found 13 tokens/,
    );
    network.dispose();
  });

  it('leaves no tensor', async () => {
    const network = vit(config);
    await leavesNoTensors(() => attentionMap(network, image));
    network.dispose();
  });

  it('is refused of a network without attention', async () => {
    const each = captumCases[0]!;
    const network = captumNetwork(each);
    await leavesNoTensors(() => expect(attentionMap(network, captumInput(each))).rejects.toThrow(/nn\/no-attention/));
    network.dispose();
  });
});
