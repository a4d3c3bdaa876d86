import { leavesNoTensors, onEachBackend } from '../../nn/test/onEachBackend.js';
import { saliency } from '../src/index.js';
import { captumInput, captumNetwork, captumResults } from './captumNetwork.js';
import { relativeError } from './golden.js';

onEachBackend(() => {
  it.each(captumResults)("is captum's: $name", async ({ each, result, target }) => {
    const network = captumNetwork(each);
    const gradient = await saliency(network, captumInput(each), { target });
    expect(gradient.shape).toEqual([2, ...each.grid, 2]);
    expect(relativeError(gradient.data, result.saliency)).toBeLessThan(1e-4);
    network.dispose();
  });

  it('leaves no tensor', async () => {
    const { each } = captumResults.at(-1)!;
    const network = captumNetwork(each);
    await leavesNoTensors(() => saliency(network, captumInput(each)));
    network.dispose();
  });
});
