import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for all that a run of the tests writes; removeScratch.mjs takes it away. Each project asks, the first is answered. */
export default function makeScratch() {
  if (process.env.MGMT_TEST_SCRATCH) return;
  process.env.MGMT_TEST_SCRATCH = mkdtempSync(join(tmpdir(), 'mgmt-tests-'));
  process.env.TMPDIR = process.env.MGMT_TEST_SCRATCH;
}
