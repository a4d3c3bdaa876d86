import { readFile } from 'node:fs/promises';
import { MgmtError } from '@mgmt/core';
import { type LayersModel, tensor, tidy } from '@tensorflow/tfjs';
import { type Checkpoint, decodeCheckpoint, type Position } from './checkpoint.js';
import { modelWeights } from './modelWeights.js';

/**
 * Puts the weights of a checkpoint into a model of the same form, running statistics included: those of the best epoch, say.
 *
 * @param path - of a checkpoint of a run folder
 * @param which - `average`: where the run kept a running mean of its weights, that in their place
 * @returns where the run was then
 * @throws `MgmtError` `training/damaged-checkpoint`, `training/unknown-checkpoint`; `training/other-model` where a weight has another shape;
 * `training/no-average`. The model is then as it was
 * @example
 * const { best } = await fit(model, training, config, { folder, validation, metrics: { auc }, keep: { best: { metric: 'auc', direction: 'highest' } } });
 * if (best?.path) await loadCheckpointWeights(model, best.path);
 */
export async function loadCheckpointWeights(model: LayersModel, path: string, which: 'last' | 'average' = 'last'): Promise<Position> {
  const { tensors, position } = decodeCheckpoint(await readFile(path), path);
  if (which === 'average') requireAverage(tensors, path);
  const stored = [...tensors]; // the model's come first, in its order: automatic layer names count up within a process
  const assignments = modelWeights(model).map(({ variable }, i) => {
    const [name, own] = stored[i] ?? [];
    const weight = (which === 'average' && tensors.get(`average/${name}`)) || own;
    if (!weight || String(weight.shape) !== String(variable.shape))
      throw otherModel(`${path}, ${name ?? 'its end'}`, variable.shape, weight?.shape);
    return { variable, weight };
  });
  for (const { variable, weight } of assignments) {
    tidy(() => variable.assign(tensor(weight.data as Float32Array | Int32Array, [...weight.shape], variable.dtype)));
  }
  return position;
}

function requireAverage(tensors: Checkpoint['tensors'], where: string): void {
  if ([...tensors.keys()].some((name) => name.startsWith('average/'))) return;
  throw new MgmtError('the checkpoint holds no mean of weights', {
    code: 'training/no-average',
    where,
    hint: 'a config with `average` keeps one, from its first step on',
  });
}

function otherModel(where: string, expected: readonly number[], found: readonly number[] | undefined): MgmtError {
  return new MgmtError('the checkpoint is of another model', {
    code: 'training/other-model',
    where,
    expected: `[${expected.join(', ')}]`,
    found: found ? `[${found.join(', ')}]` : 'nothing',
  });
}
