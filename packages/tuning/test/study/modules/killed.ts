import { type Objective } from '../../../src/index.js';
import { objective as quadratic } from './quadratic.js';

export { sampler } from './quadratic.js';

/** One trial takes its process with it. */
export const objective: Objective = async (trial, context) => {
  const value = await quadratic(trial, context);
  if (trial.number === 7) process.kill(process.pid, 'SIGKILL');
  return value;
};
