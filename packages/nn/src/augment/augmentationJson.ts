import { MgmtError } from '@mgmt/core';
import type { Augmentation } from './augmentation.js';
import { badAugmentation, checkAugmentations, isRecord } from './checkAugmentations.js';

/** Augmentations as text that `augmentationFromJson` reads: the steps, and the version of their meaning. */
export function augmentationToJson(steps: readonly Augmentation[]): string {
  return JSON.stringify({ version: AUGMENTATION_VERSION, steps });
}

/**
 * The steps of a stored augmentation.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `nn/bad-augmentation` naming the step and the field, `nn/unknown-augmentation`, and `nn/other-augmentation-version` where equal
 * steps meant other images when it was written
 * @example
 * const augment = augmentation(augmentationFromJson(await readFile('augmentation.json', 'utf8'), 'augmentation.json'));
 */
export function augmentationFromJson(text: string, where = 'the augmentation'): readonly Augmentation[] {
  const { version, steps, ...rest } = parsed(text, where);
  if (version !== AUGMENTATION_VERSION) {
    throw new MgmtError('the augmentation was written by another version of this package', {
      code: 'nn/other-augmentation-version',
      where,
      expected: `version ${AUGMENTATION_VERSION}`,
      found: JSON.stringify(version) ?? 'none',
      hint: 'make it again with this version: equal steps may give other images now',
    });
  }
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw badAugmentation(`${where}: ${extra}`, 'no such field, only version and steps', rest[extra]);
  checkAugmentations(steps, where);
  return steps;
}

/** Counts up whenever equal steps and equal streams begin to give other images. */
const AUGMENTATION_VERSION = 1;

function parsed(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badAugmentation(where, 'JSON', text.slice(0, 80));
  }
  if (!isRecord(value)) throw badAugmentation(where, 'an object with version and steps', value);
  return value;
}
