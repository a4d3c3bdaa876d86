import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Objective, randomSampler } from '../../../src/index.js';

export const sampler = randomSampler();

export const objective: Objective = async (trial) => {
  const x = trial.suggestFloat('x', -10, 10);
  await trial.setAttribute('process', process.pid);
  await gathered();
  return (x - 2) ** 2;
};

/** Where a test asks for it, waits until so many processes have a trial: a slow start must not leave one without. */
async function gathered(): Promise<void> {
  const [folder, processes] = process.env['TUNING_TEST_GATHER']?.split(' ') ?? [];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, String(process.pid)), '');
  while (readdirSync(folder).length < Number(processes)) await setTimeout(10);
}
