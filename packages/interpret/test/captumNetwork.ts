import * as nn from '@mgmt/nn';
import type { FloatArray } from '../src/index.js';
import { golden } from './golden.js';

/** A tiny network and what captum says of it, both classes of images as in tools/golden/interpret_attributions.py. */
export interface CaptumCase {
  readonly name: string;
  readonly grid: readonly number[];
  readonly classes: number;
  readonly patch: readonly number[];
  readonly stride: readonly number[];
  readonly logits: readonly number[];
  readonly results: readonly {
    /** Captum's index of the output; of one logit 0, which is class 1 here. */
    readonly target: number;
    readonly gradCam: readonly number[];
    readonly gradCamSignedOnLayer: readonly number[];
    readonly occlusion: readonly number[];
    readonly occlusionOfProbability: readonly number[];
    readonly saliency: readonly number[];
    readonly integratedGradients: readonly {
      readonly baseline: number;
      readonly values: readonly number[];
      readonly gap: readonly number[];
    }[];
  }[];
}

export const captumCases = golden<CaptumCase>('attributions');

/** By name, network and target: what `it.each` runs over. */
export const captumResults = captumCases.flatMap((each) =>
  each.results.map((result) => ({
    name: `${each.name}, output ${result.target}`,
    each,
    result,
    target: each.classes === 1 ? 1 : result.target,
  })),
);

/** `conv1`, `relu1`, `conv2` (stride 2), `relu2`, mean, `fc`; the t-th parameter is 0.5 sin(0.37 i + 1.3 t) at flat index i of PyTorch's layout. */
export function captumNetwork({ grid, classes }: CaptumCase): nn.LayersModel {
  const x = nn.input([...grid, 2]);
  const first = nn.relu(nn.conv(x, 3, { kernel: 3, padding: 1, name: 'conv1' }), { name: 'relu1' });
  const second = nn.relu(nn.conv(first, 4, { kernel: 3, stride: 2, padding: 1, name: 'conv2' }), { name: 'relu2' });
  const network = nn.model(x, nn.dense(nn.globalAveragePool(second), classes, { name: 'fc' }));
  const tensors = nn.toPytorchTensors(network);
  [...tensors.values()].forEach(({ data }, t) => data.forEach((_, i) => (data[i] = 0.5 * Math.sin(0.37 * i + 1.3 * t))));
  nn.loadPytorchTensors(network, tensors);
  return network;
}

/** Two images of two channels, sin(0.7 j + 0.003 j^2) over PyTorch's `[n, c, ...]`. */
export function captumInput({ grid }: CaptumCase): FloatArray {
  const size = grid.reduce((product, n) => product * n, 1);
  const data = Float32Array.from({ length: 4 * size }, (_, at) => {
    const [n, place, channel] = [Math.floor(at / (2 * size)), Math.floor(at / 2) % size, at % 2];
    const j = (2 * n + channel) * size + place;
    return Math.sin(0.7 * j + 0.003 * j ** 2);
  });
  return { data, shape: [2, ...grid, 2] };
}
