import { volume, type Volume } from '@mgmt/core';
import { probabilitiesOf, selectBackend } from '@mgmt/nn';
import { casePipeline, paperInputs, prepareInput } from '@mgmt/preprocess';
import * as tf from '@tensorflow/tfjs';
import { predictVolume, vit, vitTable5Config, vitTable5SlicesConfig } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

const tiny = { dim: 8, depth: 1, heads: 2, headDim: 4, mlpDim: 8 } as const;
const volumes = () => vit({ ...vitTable5Config, ...tiny, spatial: [64, 256, 256] });

/** A ball of brain in the dark, textured by `phase`. */
function head(phase: number): Volume {
  const [slices, rows, columns] = [17, 40, 40];
  const value = (k: number, j: number, i: number) =>
    Math.hypot(2 * (k - 8), j - 20, i - 20) < 16 ? 300 + Math.round(100 * Math.sin(i + 2 * j + phase * k)) : 0;
  return volume(
    Int16Array.from({ length: slices * rows * columns }, (_, p) =>
      value(Math.floor(p / (rows * columns)), Math.floor(p / columns) % rows, p % columns),
    ),
    [slices, rows, columns],
  );
}

it("prepares a volume as the paper's network takes it, and asks the network", async () => {
  const model = volumes();
  const { arrays } = prepareInput(paperInputs['vit-3d'], { volumes: { FLAIR: head(1) } });
  const [expected] = await probabilitiesOf(model, [arrays]);
  const before = tf.memory().numTensors;
  expect(await predictVolume({ model, input: 'vit-3d' }, head(1))).toBe(expected);
  expect(await predictVolume({ model, input: 'vit-3d' }, { volumes: { FLAIR: head(1) } })).toBe(expected);
  expect(await predictVolume({ model, input: 'vit-3d' }, head(2))).not.toBe(expected);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

it('gives a network in two dimensions the slices as channels', async () => {
  const model = vit({ ...vitTable5SlicesConfig, ...tiny, spatial: [256, 256] });
  const p = await predictVolume({ model, input: 'vit-2d' }, head(1));
  expect(p).toBeGreaterThan(0);
  expect(p).toBeLessThan(1);
  model.dispose();
});

it('takes any pipeline to one image, of two modalities too', async () => {
  const input = casePipeline({
    inputs: [['FLAIR', 'T1wCE']],
    onto: 'FLAIR',
    steps: [
      { step: 'toAxial' },
      { step: 'windowOfSlices', before: 4, after: 4 },
      { step: 'minMax' },
      { step: 'resizeSlices', rows: 16, columns: 16 },
    ],
    layout: { as: 'volume' },
  });
  const model = vit({ ...vitTable5Config, ...tiny, patch: 8, channels: 2, spatial: [8, 16, 16] });
  const of = (FLAIR: Volume, T1wCE: Volume) => predictVolume({ model, input }, { volumes: { FLAIR, T1wCE } });
  expect(await of(head(1), head(2))).not.toBe(await of(head(2), head(1)));
  await expect(predictVolume({ model, input }, head(1))).rejects.toThrow(/preprocess\/no-such-series[^]*T1wCE/);
  model.dispose();
});

it('says what does not fit', async () => {
  const model = volumes();
  await expect(predictVolume({ model, input: 'vit-2d' }, head(1))).rejects.toThrow(
    /nn\/wrong-input[^]*64 x 256 x 256 x 1, found 256 x 256 x 64/,
  );
  model.dispose();
});
