import type { LayersModel, Variable } from '@tensorflow/tfjs';

/** A weight of a model under a name that is unique in it. */
export interface NamedWeight {
  /** `layer/weight` as the layer gave it, `conv1/kernel`. */
  readonly name: string;
  readonly variable: Variable;
}

/** All weights of a model in its own order, running means and variances of batch norm included. */
export function modelWeights(model: LayersModel): NamedWeight[] {
  const seen = new Map<string, number>();
  return model.weights.map((weight) => {
    const count = (seen.get(weight.originalName) ?? 0) + 1;
    seen.set(weight.originalName, count);
    const name = count === 1 ? weight.originalName : `${weight.originalName}#${count}`;
    return { name, variable: weight.read() as Variable };
  });
}
