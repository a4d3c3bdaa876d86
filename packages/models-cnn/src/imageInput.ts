import { MgmtError } from '@mgmt/core';
import { input, type SymbolicTensor } from '@mgmt/nn';
import { imagenetInput } from './ImagenetInput.js';

/** What a network takes, and what its stem sees of it. */
export interface ImageInputConfig {
  /** `[h, w]` or `[d, h, w]`: decides whether convolutions are 2-D or 3-D. */
  readonly spatial: readonly number[];
  /** Of the input: 1 for one modality, 20 for twenty slices. */
  readonly channels: number;
  /**
   * `imagenet` for weights that were trained on photographs: one gray channel is seen three times, and each with ImageNet's mean and deviation taken
   * out, so that the stem has 3 channels where the input has 1 (or 3).
   */
  readonly seenAs: 'itself' | 'imagenet';
}

/**
 * The input of a network, and that input as its stem sees it.
 *
 * @param name - of the input's layer
 * @throws `MgmtError` `models-cnn/no-imagenet-input` where neither 1 nor 3 channels shall be seen as a photograph
 */
export function imageInput(
  { spatial, channels, seenAs }: ImageInputConfig,
  name = 'input',
): { readonly x: SymbolicTensor; readonly seen: SymbolicTensor } {
  const x = input([...spatial, channels], { name });
  if (seenAs === 'itself') return { x, seen: x };
  if (channels !== 1 && channels !== 3) {
    throw new MgmtError('an image of so many channels is not seen as a photograph', {
      code: 'models-cnn/no-imagenet-input',
      expected: '1 or 3 channels',
      found: `${channels}`,
      hint: "load the weights with { adaptStem: true }, and leave seenAs at 'itself'",
    });
  }
  return { x, seen: imagenetInput(x, { name: `${name}.imagenet` }) };
}
