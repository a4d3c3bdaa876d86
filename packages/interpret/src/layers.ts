import { MgmtError } from '@mgmt/core';
import type * as tf from '@tensorflow/tfjs';
import { nearNames } from './nearNames.js';

/** A layer of a model by its path: its name, behind the names of the models that it lies in, `trunk/conv1`. */
export interface NamedLayer {
  readonly path: string;
  readonly layer: tf.layers.Layer;
}

/**
 * The names by which this package knows a model's layers, in the model's order: `conv1`, and `trunk/conv1` in a model within the model. Inputs are
 * left out.
 *
 * @example
 * layerNames(network); // ['conv1', 'relu1', 'conv2', 'relu2', 'mean', 'fc']
 */
export function layerNames(model: tf.LayersModel): string[] {
  return leafLayers(model).map(({ path }) => path);
}

/** Every layer that is no model itself. */
export function leafLayers(model: tf.LayersModel): NamedLayer[] {
  return allLayers(model).filter(({ layer }) => !isModel(layer));
}

/** One run of a layer within a pass. */
export interface LayerUse extends NamedLayer {
  /** The path; `conv1#2` for the second time. */
  readonly use: string;
}

/**
 * The layer that a user named: by its path, or by its name alone where only one has it. Of a layer that runs several times in one pass, the second
 * time is named `conv1#2`.
 *
 * @throws `MgmtError` `interpret/unknown-layer`, with the names most like it
 */
export function findLayer(model: tf.LayersModel, name: string): LayerUse {
  const all = allLayers(model);
  const paths = (layers: readonly NamedLayer[]) => layers.map(({ path }) => path);
  const [, bare = name, time = ''] = /^(.*?)(?:#1|(#\d+))$/.exec(name) ?? [];
  const readings = [
    { wanted: name, behind: '' },
    { wanted: bare, behind: time },
  ]; // a layer's own name may end in #2
  for (const { wanted, behind } of readings) {
    const exact = all.find(({ path }) => path === wanted);
    const within = all.filter(({ path }) => path.endsWith(`/${wanted}`));
    if (!exact && within.length > 1) throw unknown(`several layers have the name '${name}'`, name, paths(within));
    const found = exact ?? within[0];
    if (found) return { ...found, use: found.path + behind };
  }
  throw unknown(`the model has no layer '${name}'`, name, nearNames(name, paths(all)));
}

function allLayers(model: tf.LayersModel, prefix = ''): NamedLayer[] {
  return model.layers.flatMap((layer) => {
    if (layer.getClassName() === 'InputLayer') return [];
    const here = { path: prefix + layer.name, layer };
    return isModel(layer) ? [...allLayers(layer, `${here.path}/`), here] : [here];
  });
}

function isModel(layer: tf.layers.Layer): layer is tf.LayersModel {
  return 'layers' in layer;
}

function unknown(sentence: string, name: string, candidates: readonly string[]): MgmtError {
  return new MgmtError(sentence, {
    code: 'interpret/unknown-layer',
    expected: candidates.length > 0 ? `one such as ${candidates.map((path) => `'${path}'`).join(', ')}` : 'a name that layerNames gives',
    found: `'${name}'`,
    hint: 'layerNames(model) lists all; a layer within a model in the model is named trunk/conv1',
  });
}
