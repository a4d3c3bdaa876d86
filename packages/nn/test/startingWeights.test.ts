import { rng } from '@mgmt/core';
import { normals } from '../src/layers/normals.js';
import { uniforms } from '../src/layers/uniforms.js';
import { startingWeights, type WeightStart } from '../src/layers/startingWeights.js';
import { onBackend } from './onEachBackend.js';

describe('normals', () => {
  const values = normals(rng(1), 400_000).sort();

  it('follow the normal distribution (Kolmogorov and Smirnov, p > 0.001)', () => {
    let distance = 0;
    for (let i = 0; i < values.length; i += 50) distance = Math.max(distance, Math.abs((i + 0.5) / values.length - normalCdf(values[i]!)));
    expect(distance * Math.sqrt(values.length)).toBeLessThan(1.95);
  });

  it('have tails: 0.27 % beyond three deviations, 6.3 in 100,000 beyond four', () => {
    const beyond = (limit: number) => values.reduce((count, x) => count + (Math.abs(x) > limit ? 1 : 0), 0);
    expect(Math.abs(beyond(3) - 1080)).toBeLessThan(4 * Math.sqrt(1080));
    expect(Math.abs(beyond(4) - 25.3)).toBeLessThan(4 * Math.sqrt(25.3));
  });

  it('are the same for the same seed, on every machine', () => {
    expect([...normals(rng('weights').child('conv1/weight'), 4)].map((x) => x.toFixed(6))).toEqual(PINNED);
  });
});

onBackend('cpu', () => {
  const draw = { seed: 3, path: 'conv1/weight', fanIn: 27, fanOut: 54 } as const;
  const values = (start: WeightStart, path: string = draw.path) => {
    const tensor = startingWeights({ ...draw, start, path }).apply([100, 100]);
    const data = tensor.dataSync().slice();
    tensor.dispose();
    return data as Float32Array;
  };

  it.each([
    ['kaiming', 'sqrt(2 / fan out)', 2 / 54],
    ['kaiming-in', 'sqrt(2 / fan in)', 2 / 27],
    ['normal', '1', 1],
  ] as const)('%s has deviation %s', (start, _, variance) => {
    const squares = values(start).reduce((sum, x) => sum + x * x, 0) / 10_000;
    expect(Math.abs(squares / variance - 1)).toBeLessThan(0.06); // four standard errors of a variance from 10,000 numbers
  });

  it('uniform stays within 1 / sqrt(fan in) and fills it', () => {
    const largest = values('uniform').reduce((top, x) => Math.max(top, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(27));
    expect(largest).toBeGreaterThan(0.99 / Math.sqrt(27));
  });

  it('uniform is as dense everywhere (Kolmogorov and Smirnov, p > 0.001), and the same on every machine', () => {
    const drawn = uniforms(rng(1), 100_000, 2).sort();
    const distance = drawn.reduce((most, x, i) => Math.max(most, Math.abs((i + 0.5) / drawn.length - (x + 2) / 4)), 0);
    expect(distance * Math.sqrt(drawn.length)).toBeLessThan(1.95);
    expect([...uniforms(rng('weights').child('fc/weight'), 4, 1)].map((x) => x.toFixed(6))).toEqual(PINNED_UNIFORM);
  });

  it('gives each weight a stream of its own', () => {
    expect(values('kaiming')).toEqual(values('kaiming'));
    expect(values('kaiming')).not.toEqual(values('kaiming', 'conv2/weight'));
    expect(values('zeros').every((x) => x === 0)).toBe(true);
  });
});

const PINNED = ['1.469634', '0.115280', '1.065525', '1.325558']; // of this program: a change here changes every run's start
const PINNED_UNIFORM = ['-0.878710', '-0.517285', '0.912584', '-0.043199']; // likewise

/** Abramowitz and Stegun 7.1.26: error below 1.5e-7. */
function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp(-z * z);
  return x >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}
