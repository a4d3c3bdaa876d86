import * as tf from '@tensorflow/tfjs';
import { ClassToken, FirstToken, input, model, patches, PositionEmbedding, toPytorchTensors, type PatchesConfig } from '../src/index.js';
import { gradientError, largestDifference, noise } from './gradientCheck.js';
import { leavesNoTensors, onEachBackend } from './onEachBackend.js';

interface Cut {
  readonly name: string;
  readonly shape: readonly number[];
  readonly config: PatchesConfig;
}

const CUTS: readonly Cut[] = [
  { name: '2-D', shape: [2, 4, 6, 3], config: { patch: 2 } },
  { name: '2-D, oblong patches', shape: [1, 4, 6, 1], config: { patch: [4, 3] } },
  { name: '3-D', shape: [2, 4, 4, 6, 2], config: { patch: 2 } },
  { name: '3-D, slices fastest', shape: [2, 4, 8, 6, 2], config: { patch: [2, 4, 3], order: [1, 2, 0] } },
  { name: '3-D, one channel, slices fastest', shape: [2, 4, 8, 6, 1], config: { patch: [2, 4, 3], order: [1, 2, 0] } },
];

onEachBackend(() => {
  it.each(CUTS)('patches hold what the image has there: $name', ({ shape, config }) => {
    const x = input(shape.slice(1));
    const network = model(x, patches(x, config));
    const image = noise(shape, 1);
    const rows = network.predict(image) as tf.Tensor;
    expect(rows.shape.slice(1)).toEqual(network.outputs[0]!.shape.slice(1));
    expect(rows.arraySync()).toEqual(cutOut(image, config));
    tf.dispose([image, rows]);
    network.dispose();
  });

  it('patches that do not fill the image, or are of another rank, are refused', () => {
    expect(() => patches(input([10, 8]), { patch: 4, name: 'to_patch_embedding.0' })).toThrow(
      /nn\/patch-does-not-divide: to_patch_embedding.0[^]*multiples of 4, found 10/,
    );
    expect(() => patches(input([10, 8, 1]), { patch: 4, name: 'cut' })).toThrow(/multiples of 4 x 4, found 10 x 8/);
    expect(() => patches(input([8, 8, 1]), { patch: [4, 4, 4] })).toThrow(/nn\/patch-does-not-divide/);
  });

  it('a class token comes first, the same for every image; a position is added to each token', () => {
    tf.tidy(() => {
      const tokens = noise([2, 3, 4], 1);
      const [token, places] = [new ClassToken({ seed: 1, name: 'cls_token' }), new PositionEmbedding({ seed: 1, name: 'pos_embedding' })];
      const y = token.apply(tokens) as tf.Tensor;
      const [learned] = token.getWeights();
      expect(largestDifference(y, tf.concat([tf.tile(learned!, [2, 1, 1]), tokens], 1))).toBe(0);
      const placed = places.apply(y) as tf.Tensor;
      expect(largestDifference(tf.sub(placed, y), tf.tile(places.getWeights()[0]!, [2, 1, 1]))).toBeLessThan(1e-6);
      expect(gradientError((at) => places.apply(token.apply(at)) as tf.Tensor, [tokens])).toBeLessThan(2e-3);
    });
  });

  it('the first token goes on alone, and gradients come back to it alone', () => {
    tf.tidy(() => {
      const [layer, tokens] = [new FirstToken({}), noise([2, 3, 4], 1)];
      expect(largestDifference(layer.apply(tokens) as tf.Tensor, tf.slice(tokens, [0, 0, 0], [2, 1, 4]))).toBe(0);
      expect(gradientError((at) => layer.apply(at) as tf.Tensor, [tokens])).toBeLessThan(2e-3);
    });
  });

  it('each layer leaves its output and nothing else', async () => {
    const x = noise([2, 3, 4], 1);
    for (const layer of [new ClassToken({}), new PositionEmbedding({}), new FirstToken({})]) {
      (layer.apply(x) as tf.Tensor).dispose(); // builds it
      await leavesNoTensors(() => (layer.apply(x) as tf.Tensor).dispose());
    }
    x.dispose();
  });

  it('parameters that belong to no module are called as the layer, with an axis for the batch or without', () => {
    const named = (batchAxis: boolean) => {
      const x = input([3, 4]);
      const token = new ClassToken({ name: 'cls_token', batchAxis });
      const network = model(x, new PositionEmbedding({ name: 'pos_embedding', batchAxis }).apply(token.apply(x)) as tf.SymbolicTensor);
      const shapes = Object.fromEntries([...toPytorchTensors(network)].map(([name, { shape }]) => [name, shape]));
      network.dispose();
      return shapes;
    };
    expect(named(true)).toEqual({ cls_token: [1, 1, 4], pos_embedding: [1, 4, 4] });
    expect(named(false)).toEqual({ cls_token: [1, 4], pos_embedding: [4, 4] });
  });
});

/** Patches by their definition: of each, the voxels in the order that is asked for. */
function cutOut(image: tf.Tensor, { patch, order }: PatchesConfig): number[][][] {
  const [b, ...rest] = image.shape as [number, ...number[]];
  const [spatial, channels] = [rest.slice(0, -1), rest.at(-1)!];
  const size = typeof patch === 'number' ? spatial.map(() => patch) : patch;
  const data = image.dataSync();
  const at = (batch: number, place: readonly number[], channel: number) =>
    data[place.reduce((index, p, axis) => index * spatial[axis]! + p, batch) * channels + channel]!;
  return Array.from({ length: b }, (_, batch) =>
    places(spatial.map((n, axis) => n / size[axis]!)).map((corner) =>
      places((order ?? [...spatial.keys()]).map((axis) => size[axis]!)).flatMap((within) => {
        const place = spatial.map((__, axis) => corner[axis]! * size[axis]! + within[(order ?? [...spatial.keys()]).indexOf(axis)]!);
        return Array.from({ length: channels }, (___, channel) => at(batch, place, channel));
      }),
    ),
  );
}

/** All indices of an array of these extents, the last fastest. */
function places(extents: readonly number[]): number[][] {
  return extents.reduce<number[][]>((heads, n) => heads.flatMap((head) => Array.from({ length: n }, (_, i) => [...head, i])), [[]]);
}
