import { countParameters, modelGraph, selectBackend } from '@mgmt/nn';
import { vit, vitTable5Config } from '../src/index.js';

it('draws a vision transformer as one block with a count, around which go two ways', async () => {
  await selectBackend({ force: 'cpu' });
  const network = vit({ ...vitTable5Config, spatial: [16, 16], patch: 8, dim: 8, mlpDim: 16, headDim: 4, heads: 2, depth: 3 });
  const { nodes } = modelGraph(network);
  expect(nodes.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(countParameters(network));
  network.dispose();
  const blocks = nodes.filter(({ label }) => label === 'transformer block');
  expect(blocks).toHaveLength(1);
  expect(blocks[0]).toMatchObject({ kind: 'attention', repeats: 3, skips: [{ from: 0 }, { projected: false }] });
});
