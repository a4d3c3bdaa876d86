import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MgmtError } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import * as tf from '@tensorflow/tfjs';

/**
 * Saves a model, layers and weights, in TensorFlow.js' own form: `model.json` and one file of weights, which `tf.loadLayersModel` reads in a browser and
 * in Node. Works on every backend. `model.json` is written last and names its weights by their SHA-256, so that a folder always holds one whole model:
 * the old one or the new one.
 *
 * @param folder - made where it is missing; weights of a model that was there before are removed
 * @throws `MgmtError` `core/cannot-write`
 * @example
 * await saveModel(network, 'saved');
 */
export async function saveModel(model: tf.LayersModel, folder: string): Promise<void> {
  await model.save(
    tf.io.withSaveHandler(async ({ weightData, weightSpecs = [], ...artifacts }) => {
      const parts = [weightData ?? []].flat().map((buffer) => new Uint8Array(buffer));
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      const weights = `weights-${hash.digest('hex').slice(0, HASH_DIGITS)}.bin`;
      await writeFileAtomic(join(folder, weights), parts);
      const json: tf.io.ModelJSON = {
        ...(artifacts as Pick<tf.io.ModelJSON, 'modelTopology'>),
        weightsManifest: [{ paths: [weights], weights: weightSpecs }],
      };
      await writeFileAtomic(join(folder, 'model.json'), JSON.stringify(json));
      for (const name of await readdir(folder))
        if (OWN_WEIGHTS.test(name) && name !== weights) await rm(join(folder, name), { force: true });
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

/**
 * A model from a folder that {@link saveModel}, or TensorFlow.js itself, wrote. Layers of other packages must have been imported, which registers them.
 *
 * @throws `MgmtError` `nn/no-model` where there is none, `nn/bad-model` where it is damaged
 * @example
 * const network = await loadModel('saved');
 */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const path = join(folder, 'model.json');
  const json = parseModelJson(await readText(path), path);
  const artifacts = await tf.io.getModelArtifactsForJSON(json, async (groups) => {
    const specs = groups.flatMap(({ weights }) => weights);
    const files = await Promise.all(groups.flatMap(({ paths }) => paths).map((name) => readWeights(folder, name)));
    const [found, expected] = [files.reduce((sum, { length }) => sum + length, 0), specs.reduce((sum, spec) => sum + bytesOf(spec), 0)];
    if (found !== expected) throw bad(folder, 'the weights are not whole', `${expected} bytes`, `${found}`);
    return [specs, files.map(({ buffer }) => buffer)];
  });
  return tf.loadLayersModel({ load: () => Promise.resolve(artifacts) });
}

const HASH_DIGITS = 16;
const OWN_WEIGHTS = /^weights-([0-9a-f]{16})\.bin$/;

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new MgmtError('there is no model', {
      code: 'nn/no-model',
      where: path,
      expected: 'the model.json that saveModel or tf.LayersModel.save writes',
      found: cause.code ?? cause.message,
      hint: 'name the folder that holds it',
      cause,
    });
  });
}

function parseModelJson(text: string, where: string): tf.io.ModelJSON {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw bad(where, 'the model is no JSON', 'an object', (cause as Error).message);
  }
  const { modelTopology, weightsManifest } = Object(json) as { modelTopology?: unknown; weightsManifest?: unknown };
  if (typeof modelTopology !== 'object' || modelTopology === null || !Array.isArray(weightsManifest) || !weightsManifest.every(isGroup)) {
    throw bad(where, 'this is no layers model of TensorFlow.js', 'modelTopology and weightsManifest', text.slice(0, 60));
  }
  return json as tf.io.ModelJSON;
}

function isGroup(group: unknown): boolean {
  const { paths, weights } = Object(group) as { paths?: unknown; weights?: unknown };
  return Array.isArray(paths) && paths.every((path) => typeof path === 'string') && Array.isArray(weights);
}

async function readWeights(folder: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const where = join(folder, name);
  if (basename(name) !== name || name === '..') throw bad(folder, 'the model names weights outside its folder', 'a name of a file', name);
  const bytes = await readFile(where).catch((cause: NodeJS.ErrnoException) => {
    throw bad(where, 'the weights are not there', 'a file beside model.json', cause.code ?? cause.message, cause);
  });
  const [, expected] = OWN_WEIGHTS.exec(name) ?? [];
  const found = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS);
  if (expected !== undefined && found !== expected) throw bad(where, 'the weights are damaged', `SHA-256 ${expected}...`, `${found}...`);
  return new Uint8Array(bytes);
}

function bytesOf({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  const width = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2, complex64: 8, string: NaN }[quantization?.dtype ?? dtype];
  return tf.util.sizeFromShape(shape) * width;
}

const bad = (where: string, sentence: string, expected: string, found: string, cause?: unknown) =>
  new MgmtError(sentence, { code: 'nn/bad-model', where, expected, found, hint: 'save the model again', cause });
