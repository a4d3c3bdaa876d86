// Fills a cache entry from a wheel; a line in a log for each time that the wheel is asked for.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stockEntry, type EntryPlan } from '../../src/entry.js';
import { withLock } from '../../src/lock.js';
import type { WheelPin } from '../../src/pins.js';

const [cache = '', wheel = '', log = '', pin = ''] = process.argv.slice(2);
const plan: EntryPlan = {
  name: 'tiny-1.0',
  parts: [{ pin: JSON.parse(pin) as WheelPin, wanted: (name) => name.endsWith('.so.2') }],
  links: [],
  note: '',
};
await withLock(cache, async () => {
  await stockEntry(cache, plan, async () => {
    appendFileSync(log, 'fetched\n');
    await sleep(100);
    return { path: wheel, source: 'named', keep: true };
  });
});
