import { MgmtError } from '@mgmt/core';
import type { CategoricalDistribution, Distribution, FloatDistribution, IntDistribution } from './distribution.js';

/**
 * Throws unless the distribution is one that can be drawn from.
 *
 * @param name - of the parameter, for the message
 * @throws `MgmtError` `tuning/bad-distribution`
 */
export function checkDistribution(name: string, distribution: Distribution): void {
  const broken = distribution.kind === 'categorical' ? brokenChoices(distribution) : brokenRange(distribution);
  if (!broken) return;
  const [sentence, expected, found] = broken;
  throw new MgmtError(sentence, { code: 'tuning/bad-distribution', where: `parameter ${name}`, expected, found: String(found) });
}

type Broken = readonly [sentence: string, expected: string, found: unknown] | undefined;

function brokenRange({ kind, low, high, log, step }: FloatDistribution | IntDistribution): Broken {
  const isNumber = kind === 'int' ? Number.isSafeInteger : Number.isFinite;
  const number = kind === 'int' ? 'an integer' : 'a finite number';
  if (!isNumber(low)) return [`low must be ${number}`, number, low];
  if (!isNumber(high)) return [`high must be ${number}`, number, high];
  if (low > high) return ['low lies above high', `at most ${high}`, low];
  if (!Number.isFinite(high - low)) return ['the range is too wide for a number', 'high - low below 1.8e308', `[${low}, ${high}]`];
  if (step !== undefined && !(isNumber(step) && step > 0)) return [`step must be ${number} above 0`, `${number} above 0`, step];
  if (!log) return undefined;
  if (low <= 0) return ['a logarithmic range lies above 0', 'low above 0', low];
  if (step !== undefined && (kind === 'float' || step !== 1))
    return ['a logarithmic range has no step', 'log or step', `both, step ${step}`];
  return undefined;
}

function brokenChoices({ choices }: CategoricalDistribution): Broken {
  if (choices.length === 0) return ['there is nothing to choose from', 'at least one choice', 'none'];
  const twice = choices.find((choice, i) => choices.indexOf(choice) !== i);
  if (twice !== undefined) return ['a choice stands twice in the list, or is not a number', 'each once', twice];
  return undefined;
}
