import type * as tf from '@tensorflow/tfjs';
import type { ModelPart } from '../modelGraph.js';
import { describeLayer } from './describeLayer.js';

/** A part with what it takes from. */
export interface Part extends ModelPart {
  /** Ids, in the order of its arguments. */
  readonly inputs: readonly string[];
}

/** The layers between a network's inputs and outputs, each with the norms, activations and dropouts that stand around it alone. */
export function layerRuns(model: tf.LayersModel): Part[] {
  return joinBefore(joinBehind(reached(model)));
}

/** A run that is nothing but norms, activations and the like. */
interface Run extends Part {
  readonly light: boolean;
}

/** Every tensor on the way, inputs first. */
function reached(model: tf.LayersModel): Run[] {
  const runs = new Map<tf.SymbolicTensor, Run>();
  const visit = (tensor: tf.SymbolicTensor): Run => {
    const known = runs.get(tensor);
    if (known) return known;
    const inputs = model.inputs.includes(tensor) ? [] : tensor.inputs.map((input) => visit(input).id);
    const layer = tensor.sourceLayer as tf.layers.Layer;
    const { kind, text, light } = describeLayer(layer, tensor);
    const run: Run = {
      id: [...runs.values()].some(({ id }) => id === layer.name) ? tensor.name : layer.name,
      kind,
      label: kind === 'input' ? 'input' : text,
      lines: [text],
      skips: [],
      outputShape: tensor.shape.slice(1),
      parameters: layer.trainableWeights.reduce((sum, { shape }) => sum + shape.reduce<number>((size, n) => size * (n ?? 1), 1), 0),
      repeats: 1,
      inputs,
      light,
    };
    runs.set(tensor, run);
    return run;
  };
  model.inputs.forEach(visit);
  model.outputs.forEach(visit);
  return [...runs.values()];
}

/** A light run stands with the layer before it, where that has no other successor: `conv · norm · ReLU`. A norm behind a join belongs to what follows. */
function joinBehind(runs: readonly Run[]): Run[] {
  const belongs = (before: Run, { lines: [line] }: Run) => before.kind !== 'join' || (before.lines[0]!.startsWith('+') && line !== 'norm');
  return merge(
    runs,
    (before, run) => run.light && before.kind !== 'input' && consumers(runs, before.id) === 1 && belongs(before, run),
    (before) => before,
  );
}

/** What is still light stands with the layer behind it: `norm · ReLU · conv`. */
function joinBefore(runs: readonly Run[]): Run[] {
  return merge(
    runs,
    (before, run) => before.light && run.inputs.length === 1 && consumers(runs, before.id) === 1,
    (_, run) => run,
  );
}

function merge(runs: readonly Run[], together: (before: Run, run: Run) => boolean, main: (before: Run, run: Run) => Run): Run[] {
  const merged: Run[] = [];
  const renamed = new Map<string, string>();
  for (const original of runs) {
    const run = { ...original, inputs: original.inputs.map((id) => renamed.get(id) ?? id) };
    const at = merged.findIndex(({ id }) => run.inputs.length === 1 && id === run.inputs[0]);
    const before = merged[at];
    if (!before || !together(before, run)) {
      merged.push(run);
      continue;
    }
    const { kind, label } = main(before, run);
    merged.splice(at, 1);
    merged.push({
      ...run,
      kind,
      label,
      lines: [[...before.lines, ...run.lines].filter((line) => line !== '').join(' · ')],
      parameters: before.parameters + run.parameters,
      inputs: before.inputs,
      light: before.light && run.light,
    });
    renamed.set(before.id, run.id);
  }
  return merged;
}

function consumers(runs: readonly Run[], id: string): number {
  return runs.reduce((count, { inputs }) => count + inputs.filter((input) => input === id).length, 0);
}
