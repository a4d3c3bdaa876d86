import { MgmtError } from '@mgmt/core';

/** The values as float64, once they are known to be finite and at least one. Throws `MgmtError` `evaluation/empty`, `evaluation/not-finite`. */
export function checkFinite(values: ArrayLike<number>, what = 'values', where?: string): Float64Array {
  if (values.length === 0)
    throw new MgmtError(`there are no ${what}`, { code: 'evaluation/empty', ...at(where), expected: 'at least one' });
  const checked = Float64Array.from(values);
  const bad = checked.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new MgmtError(`${what} must be finite, index ${bad} is not`, {
      code: 'evaluation/not-finite',
      ...at(where),
      expected: 'a finite number',
      found: String(values[bad]),
    });
  }
  return checked;
}

/** As `checkFinite`, and all within [0, 1]. Throws also `evaluation/not-a-probability`. */
export function checkProbabilities(values: ArrayLike<number>, what = 'probabilities'): Float64Array {
  const checked = checkFinite(values, what);
  const bad = checked.findIndex((value) => value < 0 || value > 1);
  if (bad >= 0) {
    throw new MgmtError(`${what} must lie in [0, 1], index ${bad} does not`, {
      code: 'evaluation/not-a-probability',
      expected: '0 to 1',
      found: String(checked[bad]),
    });
  }
  return checked;
}

/** Throws `MgmtError` `evaluation/bad-option` naming the option, unless it holds. */
export function checkOption(holds: boolean, name: string, expected: string, found: unknown): void {
  if (!holds)
    throw new MgmtError(`the option ${name} is out of its range`, { code: 'evaluation/bad-option', expected, found: String(found) });
}

/** A confidence level. */
export function checkLevel(level: number): void {
  checkOption(level > 0 && level < 1, 'level', 'between 0 and 1, such as 0.95', level);
}

/** A count of things. */
export function checkCount(count: number, name: string, least = 1): void {
  checkOption(Number.isSafeInteger(count) && count >= least, name, `an integer of at least ${least}`, count);
}

const at = (where?: string) => (where === undefined ? {} : { where });
