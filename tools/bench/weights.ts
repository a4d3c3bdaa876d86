/**
 * Time and memory of saving and loading the weights of a network of 201 million parameters (806 MB): one JSON line. `build` alone is the baseline.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/weights.ts build | save FILE | load FILE | folder DIR
 */
import { countParameters, dense, input, model, selectBackend } from '@mgmt/nn';
import { loadModel, loadPytorch, savePytorch, saveModel } from '@mgmt/nn/files';

const [work = 'build', path = ''] = process.argv.slice(2);
const { backend } = await selectBackend();
const x = input([4096]);
const hidden = dense(x, 16_384, { start: 'zeros', bias: false, name: 'fc1' });
const network = model(x, dense(dense(hidden, 4096, { start: 'zeros', name: 'fc2' }), 16_384, { start: 'zeros', name: 'fc3' }));
const built = process.memoryUsage().rss;

const begin = performance.now();
if (work === 'save') await savePytorch(network, path);
else if (work === 'load') await loadPytorch(network, path);
else if (work === 'folder') {
  await saveModel(network, path);
  (await loadModel(path)).dispose();
}
const seconds = (performance.now() - begin) / 1000;

const mb = (bytes: number) => Math.round(bytes / 1e6);
const peak = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({
    work,
    backend,
    parameters: countParameters(network),
    seconds,
    builtMb: mb(built),
    afterMb: mb(process.memoryUsage().rss),
    peakMb: mb(peak),
  }),
);
