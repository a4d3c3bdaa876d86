import { rng } from '@mgmt/core';
import type { ArchitectureGraph, ArchitecturePart, TunedStudy, TunedTrial } from '../../src/index.js';

/** An invented search of a vision transformer: the learning rate matters, the rest hardly; one trial in five is pruned, one in fifteen fails. */
export function sampleSearch(count = 40, name = 'tpe'): TunedStudy {
  const root = rng('report tuning').child(name);
  const trials = Array.from({ length: count }, (_, number): TunedTrial => {
    const draw = root.child(number);
    const learningRate = 10 ** draw.uniform(-5, -2);
    const depth = 1 + Math.floor(draw.uniform(0, 6));
    const patch = [16, 32, 64][Math.floor(draw.uniform(0, 3))]!;
    const loss = 0.6 + 0.05 * (Math.log10(learningRate) + 3.5) ** 2 + 0.004 * depth + draw.normal(0, 0.015);
    const state = number % 15 === 14 ? 'failed' : number % 5 === 3 ? 'pruned' : 'complete';
    const steps = state === 'failed' ? 0 : state === 'pruned' ? 4 : 12;
    const intermediate = Array.from({ length: steps }, (_, step) => ({
      step,
      value: loss + 0.2 * Math.exp(-step / 3) + draw.normal(0, 0.006),
    }));
    const startedAt = 1e12 + Math.floor(number / 2) * 60_000 + (number % 2) * 9_000;
    return {
      number,
      state,
      params: { 'learning rate': learningRate, depth, patch },
      intermediate,
      startedAt,
      finishedAt: startedAt + 5_000 + steps * 4_000,
      ...(state === 'complete' && { value: loss }),
      ...(state === 'pruned' && { value: intermediate.at(-1)!.value }),
    };
  });
  const complete = trials.filter(({ state }) => state === 'complete');
  const best = complete.reduce((a, b) => (b.value! < a.value! ? b : a)).number;
  return {
    name,
    direction: 'minimize',
    trials,
    best,
    parameters: {
      'learning rate': { kind: 'float', low: 1e-5, high: 1e-2, log: true },
      depth: { kind: 'int', low: 1, high: 6 },
      patch: { kind: 'categorical', choices: [16, 32, 64] },
    },
  };
}

/** Two short branches that meet. */
export function sampleGraph(): ArchitectureGraph {
  const part = (
    id: string,
    kind: ArchitecturePart['kind'],
    label: string,
    outputShape: number[],
    more: Partial<ArchitecturePart> = {},
  ): ArchitecturePart => ({
    id,
    kind,
    label,
    lines: [label],
    skips: [],
    outputShape,
    parameters: 0,
    repeats: 1,
    ...more,
  });
  const lines = ['conv 3×3, 64 · norm · ReLU', 'conv 3×3, 64 · norm', '+ · ReLU'];
  const branch = (name: string): ArchitecturePart[] => [
    part(`${name}.input`, 'input', 'input', [64, 64, 1], { lines: [''] }),
    part(`${name}.stem`, 'conv', 'conv 7×7, 64, /2', [32, 32, 64], { lines: ['conv 7×7, 64, /2 · norm'], parameters: 3264 }),
    part(`${name}.pool`, 'pool', 'max pool 3×3, /2', [16, 16, 64]),
    part(`${name}.blocks`, 'block', 'residual block', [16, 16, 64], {
      lines,
      skips: [{ from: 0, to: 2, projected: false }],
      parameters: 147_968,
      repeats: 2,
    }),
    part(`${name}.down`, 'block', 'residual block', [8, 8, 64], {
      lines,
      skips: [{ from: 0, to: 2, projected: true }],
      parameters: 80_000,
    }),
  ];
  const [a, b] = [branch('flair'), branch('t1wce')];
  const chain = (parts: ArchitecturePart[]) => parts.slice(1).map(({ id }, i) => ({ from: parts[i]!.id, to: id }));
  const join = part('together', 'join', 'concatenate', [128]);
  const answer = part('fc', 'dense', 'dense 1', [1], { parameters: 129 });
  return {
    nodes: [...a, ...b, join, answer],
    edges: [
      ...chain(a),
      ...chain(b),
      { from: 'flair.down', to: 'together' },
      { from: 't1wce.down', to: 'together' },
      { from: 'together', to: 'fc' },
    ],
  };
}
