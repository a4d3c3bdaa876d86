import fc from 'fast-check';
import { checkDistribution, type Distribution } from '../src/index.js';
import { distributions } from './samplers/arbitraries.js';

describe('checkDistribution', () => {
  it('lets good ones pass', () => {
    fc.assert(fc.property(distributions, (distribution) => expect(checkDistribution('x', distribution)).toBeUndefined()));
  });

  it.each<[string, Distribution]>([
    ['low above high', { kind: 'float', low: 2, high: 1 }],
    ['an end that is not finite', { kind: 'float', low: 0, high: Infinity }],
    ['no number', { kind: 'float', low: NaN, high: 1 }],
    ['a range wider than numbers go', { kind: 'float', low: -1.7e308, high: 1.7e308 }],
    ['a step of 0', { kind: 'float', low: 0, high: 1, step: 0 }],
    ['a logarithm of 0', { kind: 'float', low: 0, high: 1, log: true }],
    ['log and step', { kind: 'float', low: 1, high: 2, log: true, step: 0.5 }],
    ['an end that is no integer', { kind: 'int', low: 0, high: 1.5 }],
    ['a step that is no integer', { kind: 'int', low: 0, high: 3, step: 0.5 }],
    ['a logarithmic integer below 1', { kind: 'int', low: 0, high: 3, log: true }],
    ['log and a step of 2', { kind: 'int', low: 1, high: 3, log: true, step: 2 }],
    ['no choices', { kind: 'categorical', choices: [] }],
    ['a choice twice', { kind: 'categorical', choices: ['a', null, null] }],
    ['a choice that is no number', { kind: 'categorical', choices: [1, NaN] }],
  ])('refuses %s', (_, distribution) => {
    expect(() => checkDistribution('rate', distribution)).toThrow(/^tuning\/bad-distribution: parameter rate: /);
  });
});
