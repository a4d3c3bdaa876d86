import { resolve } from 'node:path';
import { STUDIES } from '../studies/index.js';
import { writeReport } from '../writeReport.js';

/** `mgmt report`: the page again, from the records. */
export async function report({ out }: { readonly out: string }): Promise<void> {
  console.log(`Report: ${resolve(await writeReport(out, STUDIES))}`);
}
