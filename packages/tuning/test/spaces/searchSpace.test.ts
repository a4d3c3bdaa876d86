import {
  branch,
  categorical,
  float,
  int,
  openStudy,
  optimize,
  type ParamsOf,
  randomSampler,
  searchSpace,
  VIT_TRIALS,
  vitSpace,
} from '../../src/index.js';

const space = searchSpace({
  learningRate: float(1e-5, 1e-2, { log: true }),
  depth: int(1, 6),
  pool: categorical(['cls', 'mean']),
  seedless: categorical([true, null, 3]),
  optimizer: branch({ adam: {}, sgd: { momentum: float(0, 0.99), nesterov: branch({ yes: { damping: float(0, 1) }, no: {} }) } }),
  schedule: branch({ step: { factor: float(0.1, 0.9) }, constant: {} }),
});

type Expected = {
  readonly learningRate: number;
  readonly depth: number;
  readonly pool: 'cls' | 'mean';
  readonly seedless: true | null | 3;
} & (
  | { readonly optimizer: 'adam' }
  | ({ readonly optimizer: 'sgd'; readonly momentum: number } & (
      { readonly nesterov: 'yes'; readonly damping: number } | { readonly nesterov: 'no' }
    ))
) &
  ({ readonly schedule: 'step'; readonly factor: number } | { readonly schedule: 'constant' });

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

describe('searchSpace', () => {
  it('gives parameters their types, those of a branch by its choice', () => {
    const same: Equal<ParamsOf<typeof space>, Expected> = true;
    expect(same).toBe(true);
    const read = (params: ParamsOf<typeof space>) => {
      if (params.optimizer === 'sgd') params.momentum satisfies number;
      // @ts-expect-error Adam has no momentum
      if (params.optimizer === 'adam') params.momentum satisfies number;
      params.pool satisfies 'cls' | 'mean';
    };
    expect(read).toBeDefined();
  });

  it('asks for what is declared, of a branch for what belongs to its choice', async () => {
    const study = await openStudy({ sampler: randomSampler() });
    for (let i = 0; i < 40; i++) await study.tell(await study.ask(space), i);
    const common = ['depth', 'learningRate', 'optimizer', 'pool', 'schedule', 'seedless'];
    const kinds = new Set<string>();
    for (const { params } of await study.trials()) {
      const { optimizer, nesterov, schedule } = params;
      const own = [
        optimizer === 'sgd' ? ['momentum', 'nesterov'] : [],
        nesterov === 'yes' ? ['damping'] : [],
        schedule === 'step' ? ['factor'] : [],
      ].flat();
      expect(Object.keys(params).sort()).toEqual([...common, ...own].sort());
      kinds.add([optimizer, nesterov, schedule].join());
    }
    expect(kinds.size).toBe(6);
  });

  it('suggests the same by the trial that was asked for it', async () => {
    const study = await openStudy();
    const trial = await study.ask(space);
    expect(space.suggest(trial)).toEqual(trial.params);
  });

  it('knows all its parameters, those of every branch included', () => {
    expect(Object.keys(space.distributions)).toEqual([
      'learningRate',
      'depth',
      'pool',
      'seedless',
      'optimizer',
      'momentum',
      'nesterov',
      'damping',
      'schedule',
      'factor',
    ]);
    expect(space.distributions['optimizer']).toEqual({ kind: 'categorical', choices: ['adam', 'sgd'] });
  });

  it('refuses a range that is none when it is declared', () => {
    expect(() => searchSpace({ a: branch({ b: { x: float(0, 1, { log: true }) } }) })).toThrow('parameter x');
  });
});

describe('vitSpace', () => {
  it('has the ranges of the paper, under the names of a ViT config', async () => {
    expect(vitSpace.distributions).toEqual({
      batch: { kind: 'categorical', choices: [4, 8, 16, 32] },
      learningRate: { kind: 'float', low: 1e-5, high: 1e-2, log: true },
      optimizer: { kind: 'categorical', choices: ['adam', 'sgd'] },
      patch: { kind: 'categorical', choices: [16, 32, 64] },
      dim: { kind: 'categorical', choices: [512, 1024, 2048] },
      depth: { kind: 'int', low: 1, high: 6 },
      heads: { kind: 'categorical', choices: [4, 8, 16] },
      headDim: { kind: 'categorical', choices: [64, 256, 1024] },
      mlpDim: { kind: 'categorical', choices: [512, 1024, 2048] },
    });
    const study = await openStudy();
    await optimize(study, (trial) => Math.log(vitSpace.suggest(trial).learningRate), { trials: VIT_TRIALS });
    expect(await study.trials()).toHaveLength(50);
  });

  it("holds the paper's best", async () => {
    const best = {
      batch: 16,
      learningRate: 0.007,
      optimizer: 'adam',
      patch: 32,
      dim: 2048,
      depth: 2,
      heads: 8,
      headDim: 1024,
      mlpDim: 512,
    };
    const study = await openStudy();
    await study.enqueue(best);
    expect((await study.ask(vitSpace)).params).toEqual(best);
  });
});
