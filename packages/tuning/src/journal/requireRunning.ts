import { MgmtError } from '@mgmt/core';
import type { TrialEntry } from './replay.js';

/**
 * The trial, unless it has come to an end or has not begun.
 *
 * @throws `MgmtError` `tuning/no-such-trial`, `tuning/trial-not-running`
 */
export function requireRunning(entry: TrialEntry | undefined): TrialEntry {
  if (!entry) throw new MgmtError('the study has no such trial', { code: 'tuning/no-such-trial' });
  const { number, state, error } = entry.record;
  if (state === 'running') return entry;
  throw new MgmtError('the trial is not running', {
    code: 'tuning/trial-not-running',
    where: `trial ${number}`,
    expected: 'running',
    found: error ? `${state}: ${error}` : state,
  });
}
