import { MgmtError } from '@mgmt/core';
import type { Study } from '../study.js';
import { resnet10Seeds } from './resnet10Seeds.js';

/** Every study there is, in the order of the report. */
export const STUDIES: readonly Study[] = [resnet10Seeds];

/** The studies of these names; "all" is all of them. @throws `MgmtError` `experiments/unknown-study` */
export function studiesNamed(names: readonly string[]): readonly Study[] {
  if (names.includes('all')) return STUDIES;
  return names.map((name) => {
    const study = STUDIES.find((candidate) => candidate.name === name);
    if (study) return study;
    throw new MgmtError(`there is no study "${name}"`, {
      code: 'experiments/unknown-study',
      expected: ['all', ...STUDIES.map((candidate) => candidate.name)].join(', '),
      hint: 'studies are named without a path, as in "mgmt run resnet10-seeds"',
    });
  });
}
