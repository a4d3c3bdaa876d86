import { loadPytorchTensors, selectBackend, toPytorchTensors } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { featureModel, forBothBranches, resnet, resnet18Config, twoBranch, twoBranchConfig } from '../src/index.js';

beforeAll(async () => {
  await selectBackend();
});

const small = { width: 4, spatial: [32, 32] } as const;

describe('twoBranch', () => {
  it.each(['stack', 'add'] as const)('gives each image to its own branch (%s)', (combine) => {
    const network = twoBranch({ ...twoBranchConfig, ...small, combine });
    tf.tidy(() => {
      const [a, b, other] = [1, 2, 3].map((seed) => tf.randomNormal([2, 32, 32, 1], 0, 1, 'float32', seed));
      const branches = featureModel(network, ['branch1.avgpool', 'branch2.avgpool', 'together']);
      const featuresOf = (images: tf.Tensor[]) => (branches.predict(images) as tf.Tensor[]).map((each) => Array.from(each.dataSync()));
      const [[first, second, together], [firstAgain, secondOfOther]] = [featuresOf([a!, b!]), featuresOf([a!, other!])];
      expect(firstAgain).toEqual(first);
      expect(secondOfOther).not.toEqual(second);
      const expected = combine === 'add' ? first!.map((value, i) => Math.fround(value + second![i]!)) : first!.slice(0, 32);
      expect(together!.slice(0, expected.length)).toEqual(expected);
    });
    network.dispose();
  });

  it("takes a ResNet's weights into both branches, and leaves its head", () => {
    const [single, network] = [resnet({ ...resnet18Config, ...small }), twoBranch({ ...twoBranchConfig, ...small })];
    const before = toPytorchTensors(network).get('fc.weight')!;
    const report = loadPytorchTensors(network, forBothBranches(toPytorchTensors(single)), { partial: true });
    expect(report).toMatchObject({ missing: ['fc.weight', 'fc.bias'], unexpected: [], misshapen: [] });
    expect(toPytorchTensors(network).get('fc.weight')).toEqual(before);
    tf.tidy(() => {
      const x = tf.randomNormal([2, 32, 32, 1], 0, 1, 'float32', 1);
      const [first, second] = featureModel(network, ['branch1.avgpool', 'branch2.avgpool']).predict([x, x]) as tf.Tensor[];
      const alone = featureModel(single, ['avgpool']).predict(x) as tf.Tensor;
      for (const branch of [first!, second!]) expect(branch.dataSync()).toEqual(alone.dataSync());
    });
    for (const each of [single, network]) each.dispose();
  });
});
