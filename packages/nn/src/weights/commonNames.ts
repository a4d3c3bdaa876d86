/**
 * The names of a network's weights as one spelling, whichever library wrote them: those of two files of one network are equal. What no rule knows stays
 * as it is.
 *
 * - DenseNet: torchvision's of before 2018 (`norm.1`) and MONAI's (`layers.norm1`, `class_layers.out`) become today's torchvision's, which are timm's.
 * - EfficientNet: timm's, torchvision's and MONAI's become those of efficientnet_pytorch and efficientnet_pytorch_3d, whose blocks are counted through.
 * - ResNet: torchvision's, timm's and MONAI's are the same.
 *
 * @param names - all of one network, as they stand in a `state_dict`
 * @returns by the name given. Two names never become one: then all stay as they are
 */
export function commonNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const given = [...names];
  const rename = efficientNetNames(given) ?? denseNetName;
  const common = new Map(given.map((name) => [name, rename(name)]));
  return new Set(common.values()).size === given.length ? common : new Map(given.map((name) => [name, name]));
}

function denseNetName(name: string): string {
  return name
    .replace(/(\bdenselayer\d+)\.(norm|conv)\.([12])\./, '$1.$2$3.')
    .replace(/(\bdenselayer\d+)\.layers\./, '$1.')
    .replace(/^class_layers\.out\./, 'classifier.');
}

/** How a library calls the modules of an EfficientNet. */
interface EfficientNetSpelling {
  /** A module that no other spelling has. */
  readonly mark: string;
  /** Modules outside the blocks, by the common name. `*` stands for the last number there is. */
  readonly outer: Readonly<Record<string, string>>;
  /** Where the block is, and the module within it. */
  readonly block: RegExp;
  /** Modules of a block that widens its input first, and of one that does not, by the common name. */
  readonly widening: Readonly<Record<string, string>>;
  readonly plain: Readonly<Record<string, string>>;
  /** A module that only a widening block has. */
  readonly widens: string;
}

const BLOCK_MODULES = ['_expand_conv', '_bn0', '_depthwise_conv', '_bn1', '_se_reduce', '_se_expand', '_project_conv', '_bn2'] as const;
const OUTER_MODULES = ['_conv_stem', '_bn0', '_conv_head', '_bn1', '_fc'] as const;

const named = (theirs: readonly string[], common: readonly string[]) => Object.fromEntries(theirs.map((name, i) => [name, common[i]!]));
const itself = named(BLOCK_MODULES, BLOCK_MODULES);

const SPELLINGS: readonly EfficientNetSpelling[] = [
  {
    mark: '_conv_stem', // efficientnet_pytorch: _blocks.5; MONAI: _blocks.3.5, its blocks counted through
    outer: named(OUTER_MODULES, OUTER_MODULES),
    block: /^_blocks\.(\d+(?:\.\d+)?)\.(.+)$/,
    widening: itself,
    plain: itself,
    widens: '_expand_conv',
  },
  {
    mark: 'conv_stem', // timm
    outer: named(['conv_stem', 'bn1', 'conv_head', 'bn2', 'classifier'], OUTER_MODULES),
    block: /^blocks\.(\d+\.\d+)\.(.+)$/,
    widening: named(['conv_pw', 'bn1', 'conv_dw', 'bn2', 'se.conv_reduce', 'se.conv_expand', 'conv_pwl', 'bn3'], BLOCK_MODULES),
    plain: named(['conv_dw', 'bn1', 'se.conv_reduce', 'se.conv_expand', 'conv_pw', 'bn2'], BLOCK_MODULES.slice(2)),
    widens: 'conv_pwl',
  },
  {
    mark: 'features.0.0', // torchvision
    outer: named(['features.0.0', 'features.0.1', 'features.*.0', 'features.*.1', 'classifier.1'], OUTER_MODULES),
    block: /^features\.(\d+\.\d+)\.block\.(.+)$/,
    widening: named(['0.0', '0.1', '1.0', '1.1', '2.fc1', '2.fc2', '3.0', '3.1'], BLOCK_MODULES),
    plain: named(['0.0', '0.1', '1.fc1', '1.fc2', '2.0', '2.1'], BLOCK_MODULES.slice(2)),
    widens: '3.0',
  },
];

/** The renaming of an EfficientNet's names; undefined where they are none. */
function efficientNetNames(names: readonly string[]): ((name: string) => string) | undefined {
  const modules = new Set(names.map((name) => splitName(name)[0]));
  const spelling = SPELLINGS.find(({ mark, block }) => modules.has(mark) && names.some((name) => block.test(name)));
  if (!spelling) return undefined;
  const { outer, block, widening, plain, widens } = spelling;
  const places = new Set([...modules].flatMap((module) => block.exec(module)?.[1] ?? []));
  const indexOf = new Map([...places].sort(byNumbers).map((place, index) => [place, place.includes('.') ? index : Number(place)]));
  const last = Math.max(...[...modules].map((module) => Number(/^features\.(\d+)\./.exec(module)?.[1] ?? 0)));

  return (name) => {
    const [module, leaf] = splitName(name);
    const [, place, within] = block.exec(module) ?? [];
    if (place === undefined || within === undefined) {
      const common = outer[module] ?? outer[module.replace(`features.${last}.`, 'features.*.')];
      return common === undefined ? name : `${common}.${leaf}`;
    }
    const isWidening = modules.has(module.slice(0, module.length - within.length) + widens);
    const common = (isWidening ? widening : plain)[within];
    return common === undefined ? name : `_blocks.${indexOf.get(place)}.${common}.${leaf}`;
  };
}

/** `layer1.0.conv1.weight` as `layer1.0.conv1` and `weight`. */
function splitName(name: string): readonly [module: string, leaf: string] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
}

/** Of places like `3.5`, by their first number, then by their second. */
function byNumbers(a: string, b: string): number {
  const [first, second] = [a, b].map((place) => place.split('.').map(Number));
  return first![0]! - second![0]! || (first![1] ?? 0) - (second![1] ?? 0);
}
