import { spawnSync } from 'node:child_process';
import { workerId } from '../src/journal/workerId.js';

/** The id that a process of this machine had, which has ended. */
export function endedWorker(): string {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return workerId().replace(`-${process.pid}-`, `-${pid}-`);
}
