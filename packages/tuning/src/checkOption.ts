import { MgmtError } from '@mgmt/core';

/** Throws `MgmtError` `tuning/bad-option` naming the option, unless it holds. */
export function checkOption(holds: boolean, name: string, expected: string, found: unknown): void {
  if (!holds) throw new MgmtError(`the option ${name} is out of its range`, { code: 'tuning/bad-option', expected, found: String(found) });
}

/** A count of things. */
export function checkCount(count: number, name: string, least: number): void {
  checkOption(Number.isSafeInteger(count) && count >= least, name, `an integer of at least ${least}`, count);
}
