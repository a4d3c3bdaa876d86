import { MgmtError } from '@mgmt/core';
import { checkFinite } from './checkValues.js';

/** The class of a case. Larger scores speak for 1. */
export type BinaryLabel = 0 | 1;

/** Labels and scores that have passed the door: equally many, finite, and counted. What is behind the door does not look again. */
export interface BinaryScores {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  readonly negatives: number;
  readonly positives: number;
}

/**
 * The one door of all functions that tell two classes apart.
 *
 * Throws `MgmtError` `evaluation/length-mismatch`, `evaluation/empty`, `evaluation/not-finite` and `evaluation/bad-label` (with the index), and
 * `evaluation/one-class`.
 */
export function checkBinaryScores(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>, where?: string): BinaryScores {
  const checked = checkLabeledScores(labels, scores, where);
  if (checked.negatives === 0 || checked.positives === 0) {
    throw new MgmtError(`there is no case of class ${checked.negatives === 0 ? 0 : 1} among ${labels.length}`, {
      code: 'evaluation/one-class',
      expected: 'cases of both classes',
      found: `${checked.negatives} of class 0, ${checked.positives} of class 1`,
    });
  }
  return checked;
}

/** As `checkBinaryScores`, for what a single class will do for. */
export function checkLabeledScores(labels: ArrayLike<BinaryLabel>, scores: ArrayLike<number>, where?: string): BinaryScores {
  if (labels.length !== scores.length) {
    throw new MgmtError('every score needs its label', {
      code: 'evaluation/length-mismatch',
      ...(where === undefined ? {} : { where }),
      expected: `${labels.length} scores, one a label`,
      found: String(scores.length),
    });
  }
  const finite = checkFinite(scores, 'scores', where);
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    const label: unknown = labels[i];
    if (label !== 0 && label !== 1) {
      throw new MgmtError(`labels are 0 or 1, index ${i} is neither`, {
        code: 'evaluation/bad-label',
        expected: '0 or 1',
        found: String(label),
      });
    }
    positives += label;
  }
  return { labels: Uint8Array.from(labels), scores: finite, negatives: labels.length - positives, positives };
}

/** The same cases scored by several models, all through the door. Throws also `evaluation/empty` where there is no model. */
export function checkSeedScores(
  labels: ArrayLike<BinaryLabel>,
  scoresBySeed: readonly ArrayLike<number>[],
  name = 'seed',
): readonly BinaryScores[] {
  if (scoresBySeed.length === 0)
    throw new MgmtError(`there are no ${name}s`, { code: 'evaluation/empty', expected: 'the scores of at least one' });
  return scoresBySeed.map((scores, seed) => checkBinaryScores(labels, scores, `${name} ${seed}`));
}

/** A spread within each class needs two cases of each. Throws `MgmtError` `evaluation/too-few`. */
export function checkTwoOfEach({ negatives, positives }: BinaryScores): void {
  if (negatives >= 2 && positives >= 2) return;
  throw new MgmtError('the spread of a class cannot be told from one case', {
    code: 'evaluation/too-few',
    expected: 'two cases of each class or more',
    found: `${negatives} of class 0, ${positives} of class 1`,
  });
}
