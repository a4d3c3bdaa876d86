import * as tf from '@tensorflow/tfjs';

const start = (seed: number) => tf.initializers.glorotUniform({ seed });

/** Layers of tfjs alone: nothing of ours. */
const conv = (name: string, filters: number, seed: number) =>
  tf.layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer: start(seed) });
const head = (units: number, activation: 'linear' | 'softmax' = 'linear') =>
  tf.layers.dense({ name: 'head', units, activation, kernelInitializer: start(9) });
const input = (shape: number[]) => tf.input({ shape });
const image = (seed: number, shape: number[] = [1, 8, 10, 1]) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** A sequential model within a functional one, and the same layers in one model. */
export function nested() {
  const trunk = tf.sequential({
    name: 'trunk',
    layers: [
      tf.layers.conv2d({ ...conv('stock1', 4, 1).getConfig(), name: 'stock1', inputShape: [8, 10, 1] } as never),
      tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      conv('stock2', 6, 2),
    ],
  });
  const x = input([8, 10, 1]);
  const pooled = tf.layers.globalAveragePooling2d({ name: 'mean' } as never).apply(trunk.apply(x)) as tf.SymbolicTensor;
  const whole = tf.model({ inputs: x, outputs: head(1).apply(pooled) as tf.SymbolicTensor });

  const y = input([8, 10, 1]);
  const layers = [conv('stock1', 4, 1), tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }), conv('stock2', 6, 2)];
  const flatFeatures = layers.reduce((tensor, layer) => layer.apply(tensor) as tf.SymbolicTensor, y);
  const flatPooled = tf.layers.globalAveragePooling2d({} as never).apply(flatFeatures) as tf.SymbolicTensor;
  const flat = tf.model({ inputs: y, outputs: head(1).apply(flatPooled) as tf.SymbolicTensor });
  flat.setWeights(whole.getWeights());
  return { flat, whole, trunk, image: image(5) };
}

/** One convolution for two images, whose features are added. */
export function shared() {
  const [a, b] = [input([8, 10, 1]), input([8, 10, 1])];
  const layer = conv('conv', 3, 3);
  const pool = tf.layers.globalAveragePooling2d({} as never);
  const sum = tf.layers
    .add()
    .apply([pool.apply(layer.apply(a)) as tf.SymbolicTensor, pool.apply(layer.apply(b)) as tf.SymbolicTensor]) as tf.SymbolicTensor;
  const model = tf.model({ inputs: [a, b], outputs: head(1).apply(sum) as tf.SymbolicTensor });
  return { model, inputs: [image(1), image(2)] };
}

/** Two images of two sizes. */
export function twoInputs() {
  const [a, b] = [input([8, 10, 1]), input([6, 6, 2])];
  const pooled = [conv('large', 3, 3).apply(a), conv('small', 3, 4).apply(b)].map(
    (features) => tf.layers.globalAveragePooling2d({} as never).apply(features as tf.SymbolicTensor) as tf.SymbolicTensor,
  );
  const model = tf.model({ inputs: [a, b], outputs: head(1).apply(tf.layers.concatenate().apply(pooled)) as tf.SymbolicTensor });
  return { model, inputs: [image(1), image(2, [1, 6, 6, 2])] };
}

/** A classifier of three kinds as a tutorial builds one: convolution, flattening, softmax. */
export function withSoftmax() {
  const x = input([8, 10, 1]);
  const features = tf.layers.flatten({ name: 'flat' }).apply(conv('features', 4, 6).apply(x)) as tf.SymbolicTensor;
  return { model: tf.model({ inputs: x, outputs: head(3, 'softmax').apply(features) as tf.SymbolicTensor }), image: image(7) };
}
