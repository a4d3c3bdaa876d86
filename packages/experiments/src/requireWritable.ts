import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@mgmt/core/files';

/** Makes sure, before slow work, that its result can be written to a folder. @throws `MgmtError` `core/cannot-write` */
export async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, '.writable');
  await writeFileAtomic(probe, '');
  await rm(probe, { force: true });
}
