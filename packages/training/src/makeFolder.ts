import { mkdir } from 'node:fs/promises';
import { cannotWrite } from '@mgmt/core/files';

/** Makes a folder and those on the way to it, where they are missing. @throws `MgmtError` `core/cannot-write` */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw cannotWrite(path, cause);
  });
}
