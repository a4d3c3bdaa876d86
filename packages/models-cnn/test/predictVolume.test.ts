import { volume, type Volume } from '@mgmt/core';
import { selectBackend } from '@mgmt/nn';
import { casePipeline, paperInputs, prepareInput } from '@mgmt/preprocess';
import * as tf from '@tensorflow/tfjs';
import {
  changResnet,
  changResnetConfig,
  predictVolume,
  probabilityOf,
  resnet,
  resnet10Config,
  twoBranch,
  twoBranchConfig,
} from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

/** A ball of brain in the dark, textured by `phase`, with a bright tumor of radius 4 in it. */
function head(phase: number): Volume {
  return inSpace((k, j, i) => {
    if (distance(k, j, i, [8, 20, 18]) < 4) return 900;
    return distance(k, j, i, [8, 20, 20]) < 16 ? 300 + Math.round(100 * Math.sin(i + 2 * j + phase * k)) : 0;
  });
}
const mask = inSpace((k, j, i) => (distance(k, j, i, [8, 20, 18]) < 4 ? 4 : 0));

const small3d = casePipeline({
  inputs: [['T1wCE']],
  steps: [
    { step: 'toAxial' },
    { step: 'windowOfSlices', before: 4, after: 4 },
    { step: 'minMax' },
    { step: 'resizeSlices', rows: 16, columns: 16 },
  ],
  layout: { as: 'volume' },
});
const network3d = () => resnet({ ...resnet10Config, width: 4, spatial: [8, 16, 16] });

describe('predictVolume', () => {
  it('prepares a volume as the input says, and asks the network', async () => {
    const model = network3d();
    const [array] = prepareInput(small3d, { volumes: { T1wCE: head(1) } }).arrays;
    const expected = await probabilityOf(model, array!.data);
    const before = tf.memory().numTensors;
    expect(await predictVolume({ model, input: small3d }, head(1))).toBe(expected);
    expect(await predictVolume({ model, input: small3d }, { volumes: { T1wCE: head(1) } })).toBe(expected);
    expect(await predictVolume({ model, input: small3d }, head(2))).not.toBe(expected);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('is the mean over the slices of a network of slices, more of them than it sees at once', async () => {
    const model = changResnet({ ...changResnetConfig, channels: 1 });
    const input = casePipeline({
      inputs: [['FLAIR']],
      steps: [{ step: 'toAxial' }, { step: 'minMax' }, { step: 'resizeSlices', rows: 32, columns: 32 }],
      layout: { as: 'slices', keep: { by: 'all' } },
    });
    const { samples } = prepareInput(input, { volumes: { FLAIR: head(1) } });
    expect(samples).toHaveLength(17);
    const each = await Promise.all(samples.map(({ arrays }) => probabilityOf(model, arrays[0]!.data)));
    expect(new Set(each).size).toBeGreaterThan(10);
    const mean = each.reduce((sum, p) => sum + p, 0) / each.length;
    expect(Math.abs((await predictVolume({ model, input }, head(1))) - mean)).toBeLessThan(1e-6);
    model.dispose();
  });

  it("takes the paper's inputs by name, with a mask and two modalities as two channels", async () => {
    const model = changResnet(changResnetConfig);
    const source = { volumes: { FLAIR: head(1), T1wCE: head(2) }, mask };
    const p = await predictVolume({ model, input: 'roi-combined-32' }, source);
    const { samples } = prepareInput(paperInputs['roi-combined-32'], source);
    const each = await Promise.all(samples.map(({ arrays }) => probabilityOf(model, arrays[0]!.data)));
    expect(Math.abs(p - each.reduce((sum, q) => sum + q, 0) / each.length)).toBeLessThan(1e-6);
    model.dispose();
  });

  it('gives each branch its modality', async () => {
    const model = twoBranch({ ...twoBranchConfig, width: 4, spatial: [128, 128] });
    const of = (FLAIR: Volume, T1wCE: Volume) => predictVolume({ model, input: 'two-branch-128' }, { volumes: { FLAIR, T1wCE }, mask });
    const p = await of(head(1), head(2));
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1);
    expect(await of(head(2), head(1))).not.toBe(p);
    model.dispose();
  }, 60_000);

  it('says what is missing, what does not fit, and that no slice was kept', async () => {
    const [model, roi] = [network3d(), changResnet({ ...changResnetConfig, channels: 1 })];
    const flairOnly = { volumes: { FLAIR: head(1) } };
    await expect(predictVolume({ model, input: small3d }, flairOnly)).rejects.toThrow(/preprocess\/no-such-series[^]*T1wCE/);
    await expect(predictVolume({ model, input: 'two-branch-128' }, head(1))).rejects.toThrow(
      /models-cnn\/several-modalities[^]*FLAIR, T1wCE[^]*one volume/,
    );
    await expect(predictVolume({ model, input: 'resnet10' }, head(1))).rejects.toThrow(
      /nn\/wrong-input[^]*8 x 16 x 16 x 1, found 64 x 256 x 256 x 1/,
    );
    const noSlice = casePipeline({
      inputs: [['FLAIR']],
      steps: [{ step: 'toAxial' }, { step: 'minMax' }, { step: 'resizeSlices', rows: 32, columns: 32 }],
      layout: { as: 'slices', keep: { by: 'bright', deviations: 1000, share: 0.5 } },
    });
    await expect(predictVolume({ model: roi, input: noSlice }, head(1))).rejects.toThrow(
      /models-cnn\/no-slices[^]*17 slices dropped by the rule bright/,
    );
    for (const each of [model, roi]) each.dispose();
  });
});

function inSpace(value: (k: number, j: number, i: number) => number): Volume {
  const [slices, rows, columns] = [17, 40, 40];
  const at = (p: number) => [Math.floor(p / (rows * columns)), Math.floor(p / columns) % rows, p % columns] as const;
  return volume(
    Int16Array.from({ length: slices * rows * columns }, (_, p) => value(...at(p))),
    [slices, rows, columns],
  );
}

function distance(k: number, j: number, i: number, [k0, j0, i0]: readonly [number, number, number]): number {
  return Math.hypot(2 * (k - k0), j - j0, i - i0); // so that the ball ends within the slices
}
