import { isMgmtError } from '@mgmt/core';
import {
  accuracyAt,
  aucPValue,
  type BinaryLabel,
  delongInterval,
  delongMeanInterval,
  delongVariance,
  logLoss,
  rocAuc,
  rocCurve,
  seedMeanAucInterval,
} from '../src/index.js';
import { rng } from '@mgmt/core';

type Scored = (labels: readonly BinaryLabel[], scores: readonly number[]) => unknown;
const needBothClasses: Record<string, Scored> = {
  rocAuc,
  rocCurve,
  aucPValue,
  delongVariance,
  delongInterval,
  delongMeanInterval: (labels, scores) => delongMeanInterval(labels, [scores]),
  seedMeanAucInterval: (labels, scores) => seedMeanAucInterval(labels, [scores], { rng: rng(0) }),
};
const needLabels: Record<string, Scored> = { ...needBothClasses, logLoss, accuracyAt };
const needTwoOfEach = ['delongVariance', 'delongInterval', 'delongMeanInterval', 'seedMeanAucInterval'];

describe.each(Object.keys(needLabels))('%s', (name) => {
  const scored = needLabels[name]!;

  it.each<[string, BinaryLabel[], number[], RegExp]>([
    ['evaluation/length-mismatch', [0, 1], [0.5], /expected 2 scores.*found 1/],
    ['evaluation/empty', [], [], /there are no scores/],
    ['evaluation/not-finite', [0, 1, 1, 0], [0.5, 0.25, NaN, 1], /index 2.*\n.*found NaN/],
    ['evaluation/not-finite', [0, 1], [-Infinity, 0.25], /index 0.*\n.*found -Infinity/],
    ['evaluation/bad-label', [0, 2 as BinaryLabel], [0.5, 0.25], /index 1.*\n.*found 2/],
    ['evaluation/bad-label', [0, null as unknown as BinaryLabel], [0.5, 0.25], /index 1.*\n.*found null/],
  ])('refuses %s', (code, labels, scores, says) => {
    expect(codeOf(() => scored(labels, scores))).toBe(code);
    expect(() => scored(labels, scores)).toThrow(says);
  });
});

describe.each(Object.keys(needBothClasses))('%s', (name) => {
  it('says which class is missing', () => {
    const scored = needBothClasses[name]!;
    expect(codeOf(() => scored([1, 1], [0.2, 0.9]))).toBe('evaluation/one-class');
    expect(() => scored([1, 1], [0.2, 0.9])).toThrow(/no case of class 0 among 2/);
    expect(() => scored([0, 0, 0], [0.2, 0.9, 1])).toThrow(/no case of class 1 among 3/);
  });
});

describe.each(needTwoOfEach)('%s', (name) => {
  it('refuses to tell a spread from one case of a class', () => {
    const scored = needBothClasses[name]!;
    expect(codeOf(() => scored([0, 1, 1], [0.2, 0.9, 0.1]))).toBe('evaluation/too-few');
    expect(codeOf(() => scored([0, 0, 1], [0.2, 0.9, 0.1]))).toBe('evaluation/too-few');
  });
});

describe.each<[string, (scoresBySeed: number[][]) => unknown]>([
  ['delongMeanInterval', (scoresBySeed) => delongMeanInterval([0, 1, 0, 1], scoresBySeed)],
  ['seedMeanAucInterval', (scoresBySeed) => seedMeanAucInterval([0, 1, 0, 1], scoresBySeed, { rng: rng(0) })],
])('%s', (_, scored) => {
  it('needs a seed', () => {
    expect(codeOf(() => scored([]))).toBe('evaluation/empty');
  });

  it('says which seed is wrong', () => {
    expect(() =>
      scored([
        [1, 2, 3, 4],
        [1, 2, 3],
      ]),
    ).toThrow(/length-mismatch: seed 1/);
    expect(() => scored([[1, 2, NaN, 4]])).toThrow(/not-finite: seed 0/);
  });
});

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return isMgmtError(error) ? error.code : String(error);
  }
  return undefined;
}
