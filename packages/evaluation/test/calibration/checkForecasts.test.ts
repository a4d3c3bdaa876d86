import {
  brierDecomposition,
  brierScore,
  calibrationError,
  calibrationLine,
  decisionCurve,
  reliabilityCurve,
  spiegelhalterTest,
  type BinaryLabel,
} from '../../src/index.js';

const all = { brierScore, brierDecomposition, reliabilityCurve, calibrationError, spiegelhalterTest, calibrationLine, decisionCurve };
const needBothClasses = ['calibrationLine', 'decisionCurve'];

describe.each(Object.entries(all))('%s', (name, judge) => {
  it.each<[string, BinaryLabel[], number[]]>([
    ['evaluation/length-mismatch', [0, 1], [0.5]],
    ['evaluation/empty', [], []],
    ['evaluation/not-finite', [0, 1], [0.5, NaN]],
    ['evaluation/bad-label', [0, 2 as BinaryLabel], [0.5, 0.25]],
    ['evaluation/not-a-probability', [0, 1], [0.5, 1.01]],
    ['evaluation/not-a-probability', [0, 1], [-0.01, 0.5]],
  ])('refuses %s', (code, labels, probabilities) => {
    expect(() => judge(labels, probabilities)).toThrow(code);
  });

  it(needBothClasses.includes(name) ? 'refuses one class' : 'takes a single case', () => {
    const one = () => judge([1], [0.7]);
    if (needBothClasses.includes(name)) expect(one).toThrow('evaluation/one-class');
    else expect(one).not.toThrow();
  });
});
