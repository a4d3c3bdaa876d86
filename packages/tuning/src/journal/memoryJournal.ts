import type { Journal } from './journal.js';
import { asWritten } from './operations.js';
import { Replay } from './replay.js';
import { workerId } from './workerId.js';

/** A journal that ends with the process. */
export function memoryJournal(): Journal {
  const replay = new Replay();
  return {
    replay,
    read: async () => replay,
    async transact(decide) {
      for (const operation of decide(replay)) replay.apply(asWritten({ ...operation, worker_id: workerId() }));
      return replay;
    },
  };
}
