import { rmSync } from 'node:fs';

/** Removes what makeScratch.mjs made. */
export default function removeScratch() {
  if (process.env.MGMT_TEST_SCRATCH) rmSync(process.env.MGMT_TEST_SCRATCH, { recursive: true, force: true });
}
