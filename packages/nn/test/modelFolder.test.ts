import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { batchNorm, conv, dense, globalAveragePool, input, model, toPytorchTensors } from '../src/index.js';
import { loadModel, saveModel } from '../src/files.js';
import { largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onBackend, onEachBackend } from './onEachBackend.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'model-folder-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

function network(seed = 1) {
  const x = input([6, 6, 3]);
  const y = batchNorm(conv(x, 4, { kernel: 3, stride: 2, padding: [[0, 1], 1], bias: false, seed, name: 'layer1.0.conv1' }), {
    name: 'layer1.0.bn1',
  });
  return model(x, dense(globalAveragePool(y), 2, { seed, name: 'fc' }), { name: 'small' });
}

/** Trained for a step, so that running statistics are not those of the start. */
function moved() {
  const net = network();
  tf.tidy(() => void net.apply(noise([4, 6, 6, 3], 2), { training: true }));
  return net;
}

const sameOutputs = (a: tf.LayersModel, b: tf.LayersModel) =>
  tf.tidy(() => {
    const x = noise([2, 6, 6, 3], 3);
    expect(largestDifference(a.predict(x) as tf.Tensor, b.predict(x) as tf.Tensor)).toBe(0);
  });

onEachBackend((backend) => {
  it('gives back a saved model: its layers, its weights, its outputs', async () => {
    const net = moved();
    await leavesNoTensors(() => saveModel(net, join(folder, 'made/on/the/way')));
    const loaded = await loadModel(join(folder, 'made/on/the/way'));
    expect(loaded.getConfig()).toEqual(net.getConfig());
    expect([...toPytorchTensors(loaded)]).toEqual([...toPytorchTensors(net)]);
    sameOutputs(loaded, net);
    for (const each of [net, loaded]) each.dispose();
  });

  (backend === 'tensorflow' ? it : it.skip)("reads and is read by tfjs-node's own files", async () => {
    const net = moved();
    await saveModel(net, join(folder, 'ours'));
    const theirs = await tf.loadLayersModel(`file://${folder}/ours/model.json`);
    sameOutputs(theirs, net);
    await theirs.save(`file://${folder}/theirs`);
    const back = await loadModel(join(folder, 'theirs'));
    sameOutputs(back, net);
    for (const each of [net, theirs, back]) each.dispose();
  });
});

onBackend('cpu', () => {
  it('is read by fetch, as a browser reads it', async () => {
    const net = moved();
    await saveModel(net, folder);
    const fetchFunc = (async (path: string) => {
      const content = new Uint8Array(await readFile(join(folder, path.replace('http://host/', ''))));
      const [json, arrayBuffer] = [async () => JSON.parse(new TextDecoder().decode(content)) as unknown, async () => content.buffer];
      return { ok: true, json, arrayBuffer }; // a Response's JSON would be of the host's realm, whose arrays tfjs does not know for arrays here
    }) as unknown as typeof fetch;
    const loaded = await tf.loadLayersModel('http://host/model.json', { fetchFunc });
    sameOutputs(loaded, net);
    for (const each of [net, loaded]) each.dispose();
  });

  it('holds one whole model, also where a later one was not finished', async () => {
    const [first, second] = [network(1), network(2)];
    await saveModel(first, folder);
    const [weights] = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
    const json = await readFile(join(folder, 'model.json'));
    await saveModel(second, folder);
    expect((await readdir(folder)).sort()).toEqual(['model.json', expect.stringMatching(/^weights-[0-9a-f]{16}\.bin$/)]);
    expect(await readdir(folder)).not.toContain(weights);
    await saveModel(first, folder);
    await saveModel(second, join(folder, 'later'));
    const [later] = (await readdir(join(folder, 'later'))).filter((name) => name.endsWith('.bin'));
    await writeFile(join(folder, later!), await readFile(join(folder, 'later', later!))); // and then the process was killed
    expect(await readFile(join(folder, 'model.json'))).toEqual(json);
    const loaded = await loadModel(folder);
    sameOutputs(loaded, first);
    for (const each of [first, second, loaded]) each.dispose();
  });

  it('is refused where something is missing or damaged, with the file and what is wrong', async () => {
    const net = network();
    await expect(loadModel(join(folder, 'none'))).rejects.toThrow(/^nn\/no-model: .*none\/model.json/);
    await saveModel(net, folder);
    const [weights] = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
    const path = join(folder, weights!);
    const whole = await readFile(path);
    await writeFile(
      path,
      Uint8Array.from(whole, (byte, i) => (i === 9 ? byte ^ 1 : byte)),
    );
    await expect(loadModel(folder)).rejects.toThrow(/^nn\/bad-model: .*\.bin: the weights are damaged[^]*SHA-256/);
    await rm(path);
    await expect(loadModel(folder)).rejects.toThrow(/^nn\/bad-model: .*\.bin: the weights are not there/);
    const json = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as { weightsManifest: { paths: string[] }[] };
    await writeFile(join(folder, 'group1-shard1of1.bin'), whole.subarray(4));
    for (const [paths, message] of [
      [['group1-shard1of1.bin'], /the weights are not whole[^]*expected \d+ bytes/],
      [['../outside.bin'], /outside its folder[^]*found \.\.\/outside.bin/],
    ] as const) {
      json.weightsManifest[0]!.paths = [...paths];
      await writeFile(join(folder, 'model.json'), JSON.stringify(json));
      await expect(loadModel(folder)).rejects.toThrow(message);
    }
    for (const text of ['{"modelTopology":', '[]', '{"modelTopology":{},"weightsManifest":[{"paths":[1],"weights":[]}]}']) {
      await writeFile(join(folder, 'model.json'), text);
      await expect(loadModel(folder)).rejects.toThrow(/^nn\/bad-model: .*model.json/);
    }
    net.dispose();
  });
});
