import { add, concatenate, model, type LayersModel, type WeightTensor } from '@mgmt/nn';
import { head } from './head.js';
import { imageInput } from './imageInput.js';
import { resnetTrunk, type ResNetConfig } from './resnet.js';
import { resnet18Config } from './resnetConfigs.js';

/** Two ResNets without their heads under one, a plain record. `channels` and `seenAs` are those of each branch. */
export interface TwoBranchConfig extends ResNetConfig {
  /** How the branches' features meet: `stack`ed one behind the other, or `add`ed. */
  readonly combine: 'stack' | 'add';
}

/** Two ResNet18 trunks with one channel each. 22,341,505 parameters stacked, 22,340,993 with `combine: 'add'`. */
export const twoBranchConfig = { ...resnet18Config, combine: 'stack' } as const satisfies Omit<TwoBranchConfig, 'spatial'>;

/**
 * The network of two modalities: two images `[b, (d,) h, w, channels]` to logits `[b, classes]`. Its inputs come in the order of the branches, FLAIR
 * and T1wCE in the paper. Layers are called as those of a ResNet behind `branch1.` and `branch2.`.
 *
 * @remarks Saeed et al. 2022, Figure 8.
 * @example
 * const network = twoBranch({ ...twoBranchConfig, spatial: [128, 128] });
 * network.predict([flair, t1wce]);
 */
export function twoBranch(config: TwoBranchConfig): LayersModel {
  const inputs = BRANCHES.map((branch) => imageInput(config, `${branch}.input`));
  const features = inputs.map(({ seen }, i) => resnetTrunk(seen, config, `${BRANCHES[i]}.`)); // each [b, 512]
  const together =
    config.combine === 'add' ? add(features[0]!, features[1]!, { name: 'together' }) : concatenate(features, { name: 'together' }); // [b, 512 or 1024]
  const images = inputs.map(({ x }) => x);
  return model(images, head(together, config), { name: `two_branch${config.spatial.length}d` });
}

/**
 * Weights of one ResNet for both branches, for `loadPytorchTensors` with `partial`: the head, which has no counterpart, is left out.
 *
 * @param tensors - under the names of a ResNet
 */
export function forBothBranches(tensors: ReadonlyMap<string, WeightTensor>): Map<string, WeightTensor> {
  const trunk = [...tensors].filter(([name]) => !name.startsWith('fc.'));
  return new Map(BRANCHES.flatMap((branch) => trunk.map(([name, tensor]) => [`${branch}.${name}`, tensor] as const)));
}

const BRANCHES = ['branch1', 'branch2'] as const;
