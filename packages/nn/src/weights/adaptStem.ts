import { MgmtError } from '@mgmt/core';
import type { WeightTensor } from './weightTensor.js';

/**
 * The weights of a first convolution for another number of channels than it was trained on.
 *
 * - One channel: the sum over the trained ones. A gray image gives what it gave when it stood in all of them.
 * - More: the trained ones in turn (red, green, blue, red ...), times their number over the new number. Channels that are all alike give the same sum
 *   where the new number is a multiple of the trained one, and nearly the same else.
 *
 * @param weight - as PyTorch keeps it, `[out, c, (kd,) kh, kw]`
 * @param channels - at least 1
 * @returns `[out, channels, (kd,) kh, kw]`
 * @throws `MgmtError` `nn/no-stem` for a tensor that is no weight of a convolution
 * @remarks The rule of timm's `adapt_input_conv`.
 * @example
 * adaptStem({ shape: [1, 3, 1, 1], data: Float32Array.of(1, 2, 3) }, 1).data; // Float32Array: of 6
 */
export function adaptStem(weight: WeightTensor, channels: number): WeightTensor<Float32Array> {
  const [out, trained, ...kernel] = weight.shape;
  if (out === undefined || trained === undefined || kernel.length < 2) {
    throw new MgmtError('this is no weight of a convolution', {
      code: 'nn/no-stem',
      expected: '[out, in, height, width] or [out, in, depth, height, width]',
      found: `[${weight.shape.join(', ')}]`,
    });
  }
  const taps = kernel.reduce((product, n) => product * n, 1);
  const data = new Float32Array(out * channels * taps);
  for (let o = 0; o < out; o++) {
    const old = (channel: number, tap: number) => Number(weight.data[(o * trained + channel) * taps + tap]);
    for (let channel = 0; channel < channels; channel++) {
      for (let tap = 0; tap < taps; tap++) {
        let value = 0;
        if (channels > 1) value = (old(channel % trained, tap) * trained) / channels;
        else for (let c = 0; c < trained; c++) value += old(c, tap);
        data[(o * channels + channel) * taps + tap] = value;
      }
    }
  }
  return { shape: [out, channels, ...kernel], data };
}
