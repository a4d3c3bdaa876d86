import { MgmtError } from '@mgmt/core';
import type { WeightTensor } from '@mgmt/nn';

/**
 * The weight of a first convolution for images of one channel: the sum over the channels that it was trained on. It gives what the old one gave of an
 * image that is the same in all of them.
 *
 * @param weight - as PyTorch keeps it, `[out, c, (kd,) kh, kw]`
 * @returns `[out, 1, (kd,) kh, kw]`
 * @throws `MgmtError` `models-cnn/no-stem`
 * @example
 * const { tensors } = decodeSafetensors(await readFile('resnet18.safetensors'));
 * const forGray = new Map(tensors).set('conv1.weight', summedStem(tensors.get('conv1.weight')!));
 * loadPytorchTensors(network, forGray, { partial: true });
 */
export function summedStem(weight: WeightTensor): WeightTensor<Float32Array> {
  return mixedStem(weight, 1, () => 1);
}

/**
 * The weight of a first convolution for images of `channels` channels: the old ones in turn, times their number over the new number. Channels that are
 * all alike give what they gave the old one. Of three come red, green, blue, red and so on, times `3 / channels`; of one, 20 that are a twentieth of it.
 *
 * @param weight - as PyTorch keeps it, `[out, c, (kd,) kh, kw]`
 * @param channels - at least 1
 * @returns `[out, channels, (kd,) kh, kw]`
 * @throws `MgmtError` `models-cnn/no-stem`
 */
export function repeatedStem(weight: WeightTensor, channels: number): WeightTensor<Float32Array> {
  return mixedStem(weight, channels, (to, from, count) => (to % count === from ? count / channels : 0));
}

/** New channels that are sums of the old ones with these factors. */
function mixedStem(
  weight: WeightTensor,
  channels: number,
  factor: (to: number, from: number, count: number) => number,
): WeightTensor<Float32Array> {
  const [out, count, ...kernel] = weight.shape;
  if (out === undefined || count === undefined || kernel.length < 2) {
    throw new MgmtError('this is no weight of a convolution', {
      code: 'models-cnn/no-stem',
      expected: '[out, in, height, width] or [out, in, depth, height, width]',
      found: `[${weight.shape.join(', ')}]`,
    });
  }
  const taps = kernel.reduce((product, n) => product * n, 1);
  const data = new Float32Array(out * channels * taps);
  for (let o = 0; o < out; o++) {
    for (let to = 0; to < channels; to++) {
      for (let tap = 0; tap < taps; tap++) {
        let sum = 0;
        for (let from = 0; from < count; from++) sum += factor(to, from, count) * Number(weight.data[(o * count + from) * taps + tap]);
        data[(o * channels + to) * taps + tap] = sum;
      }
    }
  }
  return { shape: [out, channels, ...kernel], data };
}
