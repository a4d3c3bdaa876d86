import type { MgmtError } from '@mgmt/core';

/** A file, or a volume, that was left out, and why. */
export interface Skipped {
  readonly path: string;
  /** A sentence for people. */
  readonly reason: string;
  /** Present where something was wrong with a DICOM image; absent for what never was one, and for second copies. */
  readonly error?: MgmtError;
}
