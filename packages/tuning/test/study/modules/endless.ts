import { setTimeout } from 'node:timers/promises';
import type { Objective } from '../../../src/index.js';

/** Runs until it is told to stop. */
export const objective: Objective = async (trial, { signal }) => {
  await trial.report(trial.suggestFloat('x', 0, 1), 0);
  await setTimeout(60_000, undefined, { signal });
  return 0;
};
