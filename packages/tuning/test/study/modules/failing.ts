import { type Objective } from '../../../src/index.js';

export const objective: Objective = (trial) => {
  if (trial.number === 3) throw new RangeError('no third time');
  return trial.suggestFloat('x', 0, 1);
};
