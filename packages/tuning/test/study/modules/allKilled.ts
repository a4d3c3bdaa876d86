import type { Objective } from '../../../src/index.js';

export const objective: Objective = async (trial) => {
  await trial.setAttribute('began', true);
  process.kill(process.pid, 'SIGKILL');
  return 0;
};
