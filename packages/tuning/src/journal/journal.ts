import type { Operation } from './operations.js';
import type { Replay } from './replay.js';

/** A log of operations that several processes may share, and what it comes to. */
export interface Journal {
  /** What was known when last looked at. */
  readonly replay: Replay;
  /** Looks at what others have written since. */
  read(): Promise<Replay>;
  /**
   * Writes while no other process does.
   *
   * @param decide - gives the operations by what the journal comes to at this moment; what it throws is thrown, and nothing is written
   */
  transact(decide: (replay: Replay) => readonly Operation[]): Promise<Replay>;
}
