import { countParameters, selectBackend } from '@mgmt/nn';
import fc from 'fast-check';
import { vit, vitTable5Config, vitTable5SlicesConfig, type VitConfig } from '../src/index.js';

/** As PyTorch counts vit-pytorch's networks of Table 5. They are counted by hand here: to build all four takes 4 GB. */
const COUNTS: readonly [string, number, VitConfig][] = [
  ['3-D, 2021', 205_820_929, { ...vitTable5Config, spatial: [64, 256, 256] }],
  ["3-D, today's", 205_890_561, { ...vitTable5Config, spatial: [64, 256, 256], form: 'current' }],
  ['2-D, 2021', 272_798_721, { ...vitTable5SlicesConfig, spatial: [256, 256] }],
  ["2-D, today's", 272_933_889, { ...vitTable5SlicesConfig, spatial: [256, 256], form: 'current' }],
];

it.each(COUNTS)('Table 5 in %s has as many parameters as in PyTorch', (_, parameters, config) => {
  expect(countByHand(config)).toBe(parameters);
});

it('a network has as many as are counted by hand, for any config', async () => {
  await selectBackend({ force: 'cpu' });
  const size = (max: number) => fc.integer({ min: 1, max });
  const configs = fc.record({
    patches: fc.array(size(2), { minLength: 2, maxLength: 3 }), // along each axis
    patch: size(3),
    channels: size(3),
    classes: size(3),
    dim: size(6),
    depth: size(3),
    heads: size(3),
    headDim: size(6),
    mlpDim: size(6),
    pool: fc.constantFrom('cls' as const, 'mean' as const),
    form: fc.constantFrom('2021' as const, 'current' as const),
  });
  fc.assert(
    fc.property(configs, ({ patches, ...rest }) => {
      const config: VitConfig = { ...vitTable5Config, ...rest, spatial: patches.map((n) => n * rest.patch) };
      const network = vit(config);
      const found = countParameters(network);
      network.dispose();
      expect(found).toBe(countByHand(config));
    }),
  );
});

function countByHand({ spatial, channels, classes, patch, dim, depth, heads, headDim, mlpDim, pool, form }: VitConfig): number {
  const linear = (inputs: number, outputs: number) => inputs * outputs + outputs;
  const size = spatial.map((_, axis) => (typeof patch === 'number' ? patch : patch[axis]!));
  const product = (values: readonly number[]) => values.reduce((total, n) => total * n, 1);
  const voxels = product(size) * channels;
  const isCurrent = form === 'current';
  const tokens = pool === 'mean' && isCurrent && spatial.length === 2 ? 0 : 1;
  const embedding = linear(voxels, dim) + (isCurrent ? 2 * voxels + 2 * dim : 0);
  const positions = (product(spatial.map((n, axis) => n / size[axis]!)) + tokens) * dim + tokens * dim;
  const inner = heads * headDim;
  const attention = 2 * dim + 3 * dim * inner + (heads > 1 || headDim !== dim ? linear(inner, dim) : 0);
  const mlp = 2 * dim + linear(dim, mlpDim) + linear(mlpDim, dim);
  return embedding + positions + depth * (attention + mlp) + 2 * dim + linear(dim, classes);
}
