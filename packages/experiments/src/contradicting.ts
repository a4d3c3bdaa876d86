import { MgmtError } from '@mgmt/core';

/** The error of options that do not go together. */
export const contradicting = (found: string, hint: string): MgmtError =>
  new MgmtError('these options do not go together', { code: 'experiments/contradicting-options', found, hint });
