import { countParameters, modelGraph, selectBackend } from '@mgmt/nn';
import type { LayersModel } from '@tensorflow/tfjs';
import {
  changResnet,
  changResnetConfig,
  densenet,
  densenet121Config,
  efficientnet,
  efficientnetB0Config,
  resnet,
  resnet18Config,
  twoBranch,
  twoBranchConfig,
} from '../src/index.js';

const NETWORKS: Readonly<Record<string, () => LayersModel>> = {
  "Chang's ResNet": () => changResnet(changResnetConfig),
  ResNet18: () => resnet({ ...resnet18Config, width: 4, spatial: [64, 64] }),
  'two branches': () => twoBranch({ ...twoBranchConfig, width: 4, spatial: [64, 64] }),
  DenseNet121: () => densenet({ ...densenet121Config, growth: 4, width: 8, spatial: [64, 64] }),
  EfficientNet: () => efficientnet({ ...efficientnetB0Config, widthFactor: 0.25, headChannels: 64, spatial: [64, 64] }),
};

beforeAll(() => selectBackend({ force: 'cpu' }));

function graphOf(name: string) {
  const network = NETWORKS[name]!();
  const graph = modelGraph(network);
  const parameters = countParameters(network);
  network.dispose();
  return { ...graph, parameters };
}

describe.each(Object.keys(NETWORKS))('modelGraph of %s', (name) => {
  const graph = () => graphOf(name);

  it('counts every parameter once', () => {
    const { nodes, parameters } = graph();
    expect(nodes.reduce((sum, node) => sum + node.parameters, 0)).toBe(parameters);
  });

  it('names parts once, and has each behind all that it takes from', () => {
    const { nodes, edges } = graph();
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(edges.length).toBeGreaterThan(0);
    for (const { from, to } of edges) expect(ids.slice(0, ids.indexOf(to))).toContain(from);
  });
});

describe('modelGraph', () => {
  it("draws Chang's ResNet as the paper's Figure 7: four residual blocks with a convolution of stride 2 between", () => {
    const { nodes } = graphOf("Chang's ResNet");
    expect(nodes.map(({ label }) => label)).toEqual([
      'input',
      'conv 3×3, 16',
      'residual block',
      'conv 3×3, 32, /2',
      'residual block',
      'conv 3×3, 64, /2',
      'residual block',
      'conv 3×3, 64, /2',
      'residual block',
      'global average pool',
      'dense 1',
    ]);
    expect(nodes[2]).toMatchObject({
      lines: ['conv 3×3, 16 · norm · ReLU · dropout', 'conv 3×3, 16 · norm', '+ · ReLU'],
      skips: [{ from: 0, to: 2, projected: false }],
      outputShape: [32, 32, 16],
    });
  });

  it('counts equal residual blocks of ResNet18, and tells which shortcut has a convolution', () => {
    const blocks = graphOf('ResNet18').nodes.filter(({ kind }) => kind === 'block');
    expect(blocks.map(({ repeats, skips }) => [repeats, skips[0]!.projected])).toEqual([
      [2, false],
      [1, true],
      [1, false],
      [1, true],
      [1, false],
      [1, true],
      [1, false],
    ]);
  });

  it('leaves two branches side by side until they meet', () => {
    const { nodes, edges } = graphOf('two branches');
    expect(nodes.filter(({ kind }) => kind === 'input')).toHaveLength(2);
    const join = nodes.find(({ kind }) => kind === 'join')!;
    expect(edges.filter(({ to }) => to === join.id)).toHaveLength(2);
  });

  it('folds DenseNet121 to its four dense blocks', () => {
    const { nodes } = graphOf('DenseNet121');
    expect(nodes.filter(({ label }) => label === 'dense layer').map(({ repeats }) => repeats)).toEqual([6, 12, 24, 16]);
    expect(nodes.length).toBeLessThan(20);
  });
});
