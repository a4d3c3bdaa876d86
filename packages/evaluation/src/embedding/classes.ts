import { MgmtError } from '@mgmt/core';

/** Which class each case is of: a number or a name, of two classes or more. */
export type ClassLabels = ArrayLike<number | string>;

/** Labels that have passed the door. */
export interface Classes {
  /** `[n]`, numbered in the order in which classes first come. */
  readonly of: Int32Array;
  /** `[classes]`, how many cases each has. */
  readonly counts: readonly number[];
}

/** Throws `MgmtError` `evaluation/length-mismatch`, `evaluation/one-class`. */
export function checkClasses(labels: ClassLabels, n: number): Classes {
  if (labels.length !== n) {
    throw new MgmtError('every point needs its label', {
      code: 'evaluation/length-mismatch',
      expected: `${n} labels`,
      found: String(labels.length),
    });
  }
  const names = new Map<number | string, number>();
  const of = Int32Array.from({ length: n }, (_, i) => {
    const label = labels[i]!;
    if (!names.has(label)) names.set(label, names.size);
    return names.get(label)!;
  });
  if (names.size < 2) {
    throw new MgmtError('one class cannot be told from another', {
      code: 'evaluation/one-class',
      expected: 'cases of two classes or more',
      found: `${n} of class ${[...names.keys()].join()}`,
    });
  }
  const counts = new Array<number>(names.size).fill(0);
  for (const each of of) counts[each]!++;
  return { of, counts };
}
