/**
 * The time of one training step (forward, binary cross entropy, backward, Adam) on random data: one JSON line a case, in the form of the PyTorch
 * side of the comparison, for alternated runs side by side.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/train-step.ts [--steps=6] [--parts] [--bf16] [CASE ...]
 */
import {
  adamKernel,
  countParameters,
  lossAndGradients,
  selectBackend,
  sigmoidCrossEntropy,
  trainableVariables,
  trainingPass,
  withPrecision,
} from '@mgmt/nn';
import {
  densenet,
  densenet121Config,
  type DenseNetConfig,
  efficientnet,
  efficientnet3dB0Config,
  type EfficientNetConfig,
  resnet,
  resnet10Config,
  resnet18Config,
  resnet34Config,
  resnet50Config,
  type ResNetConfig,
} from '@mgmt/models-cnn';
import { vit, vitTable5Config, type VitConfig } from '@mgmt/models-vit';
import { rng } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';

const resnet10: Omit<ResNetConfig, 'spatial'> = { ...resnet10Config, stemStride: [1, 2, 2], downsampleBias: false };
const CASES: Readonly<
  Record<string, { readonly batch: number; readonly config: ResNetConfig | DenseNetConfig | EfficientNetConfig | VitConfig }>
> = {
  'resnet18-128-b32': { batch: 32, config: { ...resnet18Config, spatial: [128, 128] } },
  'resnet34-128-b16': { batch: 16, config: { ...resnet34Config, spatial: [128, 128] } },
  'resnet50-128-b16': { batch: 16, config: { ...resnet50Config, spatial: [128, 128] } },
  'densenet121-128-b16': { batch: 16, config: { ...densenet121Config, spatial: [128, 128] } },
  'resnet10_3d-32x64x64-b4': { batch: 4, config: { ...resnet10, spatial: [32, 64, 64] } },
  'resnet10_3d-64x128x128-b1': { batch: 1, config: { ...resnet10, spatial: [64, 128, 128] } },
  'efficientnet3d_b0-32x64x64-b2': { batch: 2, config: { ...efficientnet3dB0Config, spatial: [32, 64, 64] } },
  'efficientnet3d_b0-64x128x128-b1': { batch: 1, config: { ...efficientnet3dB0Config, spatial: [64, 128, 128] } },
  'vit3d-64x256x256-b4': { batch: 4, config: { ...vitTable5Config, spatial: [64, 256, 256] } },
};

const ADAM = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

async function measure(name: string, steps: number, withParts: boolean): Promise<object> {
  const { batch, config } = CASES[name]!;
  const network =
    'growth' in config
      ? densenet(config)
      : 'depthFactor' in config
        ? efficientnet(config)
        : 'headDim' in config
          ? vit(config)
          : resnet(config);
  const variables = trainableVariables(network);
  const adam = adamKernel(variables);
  const shape = [batch, ...config.spatial, config.channels];
  const random = rng(0);
  const x = tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.uniform(-1.7, 1.7)),
    shape,
  );
  const y = tf.tensor(
    Array.from({ length: batch }, (_, i) => i % 2),
    [batch, 1],
    'float32',
  );
  const parts = { forward: [] as number[], backward: [] as number[], adam: [] as number[] };
  let step = 0;
  const train = async () => {
    const begin = performance.now();
    let forward = begin;
    const { loss, gradients } = lossAndGradients(variables, () => {
      const value = withPrecision(precision, () => sigmoidCrossEntropy(trainingPass(network, x), y));
      forward = performance.now();
      return value;
    });
    const backward = performance.now();
    adam.update(gradients, { ...ADAM, step: ++step });
    await loss.data();
    tf.dispose([loss, ...gradients]);
    const end = performance.now();
    parts.forward.push(forward - begin);
    parts.backward.push(backward - forward);
    parts.adam.push(end - backward);
    return end - begin;
  };
  for (let warm = 0; warm < 2; warm++) await train();
  Object.values(parts).forEach((list) => (list.length = 0));
  const times: number[] = [];
  for (let i = 0; i < steps; i++) times.push(await train());
  const ms = median(times);
  const params = countParameters(network);
  adam.dispose();
  network.dispose();
  tf.dispose([x, y]);
  return {
    case: name,
    side: 'mgmt',
    precision,
    params,
    ms: round(ms),
    samples_per_s: Math.round((batch / ms) * 1e5) / 100,
    peak_rss_mb: Math.floor(process.resourceUsage().maxRSS / 1024),
    ...(withParts && Object.fromEntries(Object.entries(parts).map(([part, list]) => [`${part}_ms`, round(median(list))]))),
  };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const round = (value: number) => Math.round(value * 10) / 10;

const options = process.argv.slice(2);
const steps = Number(options.find((o) => o.startsWith('--steps='))?.slice('--steps='.length) ?? 6);
const precision = options.includes('--bf16') ? 'bfloat16' : 'float32';
const names = options.filter((o) => !o.startsWith('--'));
const { backend, device, versions } = await selectBackend();
for (const name of names.length > 0 ? names : Object.keys(CASES)) {
  const line = await measure(name, steps, options.includes('--parts'));
  process.stdout.write(`${JSON.stringify({ ...line, backend, device, versions })}\n`);
}
