// Adds one to the number in a file, slowly, under the lock: without it, processes at once lose counts.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../src/lock.js';

const [folder = '', file = '', mode = ''] = process.argv.slice(2);
await withLock(folder, async () => {
  if (mode === 'die') process.kill(process.pid, 'SIGKILL');
  const count = Number(readFileSync(file, 'utf8'));
  await sleep(50);
  writeFileSync(file, String(count + 1));
});
