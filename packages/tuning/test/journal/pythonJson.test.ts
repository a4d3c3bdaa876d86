import fc from 'fast-check';
import type { Distribution } from '../../src/index.js';
import { distributionFromJson, distributionToJson, fromInternal, toInternal } from '../../src/journal/distributionJson.js';
import { readPythonJson, writePythonFloat, writePythonJson } from '../../src/journal/pythonJson.js';

const number = fc.double().map((value) => (value === 0 ? 0 : value)); // JSON.stringify has no -0
const anything = fc.jsonValue().chain((json) => fc.record({ json: fc.constant(json), number, list: fc.array(number) }));

describe('pythonJson', () => {
  it('reads what Python writes and JSON has no word for', () => {
    expect(readPythonJson('{"a": [NaN, Infinity, -Infinity], "NaN": "NaN -Infinity \\" NaN"}')).toEqual({
      a: [NaN, Infinity, -Infinity],
      NaN: 'NaN -Infinity " NaN',
    });
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const plain = JSON.parse(JSON.stringify(value.json)) as unknown; // without -0
        expect(readPythonJson(writePythonJson({ ...value, json: plain }))).toEqual({ ...value, json: plain });
      }),
    );
  });

  it('writes what JSON.stringify writes where that can', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(writePythonJson(value)).toBe(JSON.stringify(value));
      }),
    );
    expect(writePythonJson({ when: new Date(0), none: undefined })).toBe('{"when":"1970-01-01T00:00:00.000Z","none":null}');
  });

  it.each([
    [7, '7.0'],
    [-0.5, '-0.5'],
    [1e21, '1e+21'],
    [NaN, 'NaN'],
  ])('marks a whole number as a float of Python: %d -> %s', (value, expected) => {
    expect(writePythonFloat(value)).toBe(expected);
  });
});

describe('distributions in a journal', () => {
  const float = fc.record({ kind: fc.constant('float' as const), low: fc.double({ min: 1, max: 2 }), high: fc.double({ min: 3, max: 4 }) });
  const int = fc.record({ kind: fc.constant('int' as const), low: fc.integer({ min: 1, max: 9 }), high: fc.integer({ min: 10, max: 99 }) });
  const extra = fc.constantFrom({}, { log: true as const }, { step: 2 });
  const range = fc.tuple(fc.oneof(float, int), extra).map(([plain, more]): Distribution => ({ ...plain, ...more }));
  const choices = fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), { minLength: 1 });
  const categorical = choices.map((list): Distribution => ({ kind: 'categorical', choices: list }));

  it('are read back', () => {
    fc.assert(
      fc.property(fc.oneof(range, categorical), (distribution) => {
        expect(distributionFromJson(distributionToJson(distribution))).toEqual(distribution);
      }),
    );
  });

  it('have a number for each value', () => {
    fc.assert(
      fc.property(choices, (list) => {
        const distribution: Distribution = { kind: 'categorical', choices: list };
        for (const choice of list) expect(fromInternal(distribution, toInternal(distribution, choice))).toBe(choice);
      }),
    );
  });

  it.each([
    ['UniformDistribution', { low: 0, high: 1 }, { kind: 'float', low: 0, high: 1 }],
    ['LogUniformDistribution', { low: 0.1, high: 1 }, { kind: 'float', low: 0.1, high: 1, log: true }],
    ['DiscreteUniformDistribution', { low: 0, high: 1, q: 0.25 }, { kind: 'float', low: 0, high: 1, step: 0.25 }],
    ['IntUniformDistribution', { low: 0, high: 8, step: 2 }, { kind: 'int', low: 0, high: 8, step: 2 }],
    ['IntLogUniformDistribution', { low: 1, high: 8, step: 1 }, { kind: 'int', low: 1, high: 8, log: true }],
  ])('are read by the name that Optuna had for them before version 3: %s', (name, attributes, expected) => {
    expect(distributionFromJson(JSON.stringify({ name, attributes }))).toEqual(expected);
  });
});
