import { MgmtError } from '@mgmt/core';
import type { Objective } from './optimize.js';
import type { Pruner } from './pruner.js';
import type { Sampler } from './sampler.js';

/** What a module exports for the processes of `optimizeInProcesses`. */
export interface ObjectiveModule {
  readonly objective: Objective;
  /** The defaults are those of `openStudy`. */
  readonly sampler?: Sampler;
  readonly pruner?: Pruner;
}

/**
 * The exports of a module.
 *
 * @throws `MgmtError` `tuning/no-objective`, and what loading it throws
 */
export async function readObjectiveModule(url: string): Promise<ObjectiveModule> {
  const module = (await import(url)) as Partial<ObjectiveModule>;
  if (typeof module.objective === 'function') return module as ObjectiveModule;
  throw new MgmtError('the module exports no objective', {
    code: 'tuning/no-objective',
    where: url,
    expected: 'export function objective(trial, { signal })',
    found: Object.keys(module).join(', ') || 'no export',
  });
}
