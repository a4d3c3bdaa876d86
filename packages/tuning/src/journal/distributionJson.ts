import { MgmtError } from '@mgmt/core';
import type { Distribution, ParamValue } from '../distribution.js';
import { readPythonJson, writePythonJson } from './pythonJson.js';

/** A distribution as Optuna's `distribution_to_json` writes it. */
export function distributionToJson(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'float': {
      const { low, high, log = false, step = null } = distribution;
      return writePythonJson({ name: 'FloatDistribution', attributes: { step, low, high, log } });
    }
    case 'int': {
      const { low, high, log = false, step = 1 } = distribution;
      return writePythonJson({ name: 'IntDistribution', attributes: { log, step, low, high } });
    }
    case 'categorical':
      return writePythonJson({ name: 'CategoricalDistribution', attributes: { choices: distribution.choices } });
    default:
      return distribution satisfies never;
  }
}

/**
 * The distribution that Optuna's `json_to_distribution` reads, also of the classes that it had before version 3.
 *
 * @throws `MgmtError` `tuning/damaged-journal`
 */
export function distributionFromJson(json: string): Distribution {
  const { name, attributes } = readPythonJson(json) as { readonly name: string; readonly attributes: Attributes };
  const { low, high, choices } = attributes;
  const log = attributes.log && { log: true };
  const step = attributes.step ?? attributes.q ?? undefined;
  const isRange = [low, high, step ?? 1].every((number) => typeof number === 'number');
  switch (name) {
    case 'FloatDistribution':
    case 'UniformDistribution':
    case 'DiscreteUniformDistribution':
      if (isRange) return { kind: 'float', low, high, ...log, ...(step !== undefined && { step }) };
      break;
    case 'LogUniformDistribution':
      if (isRange) return { kind: 'float', low, high, log: true };
      break;
    case 'IntDistribution':
    case 'IntUniformDistribution':
      if (isRange) return { kind: 'int', low, high, ...log, ...(step !== undefined && step !== 1 && { step }) };
      break;
    case 'IntLogUniformDistribution':
      if (isRange) return { kind: 'int', low, high, log: true };
      break;
    case 'CategoricalDistribution':
      if (Array.isArray(choices)) return { kind: 'categorical', choices };
  }
  throw new MgmtError('a parameter has a distribution that is not known', { code: 'tuning/damaged-journal', found: json });
}

/** The number that a journal holds for a value: a choice's index, or the value itself. -1 for what is none of the choices. */
export function toInternal(distribution: Distribution, value: ParamValue): number {
  return distribution.kind === 'categorical' ? distribution.choices.indexOf(value) : Number(value);
}

/** The value that such a number stands for. */
export function fromInternal(distribution: Distribution, internal: number): ParamValue {
  return distribution.kind === 'categorical' ? (distribution.choices[Math.trunc(internal)] ?? null) : internal;
}

interface Attributes {
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly step?: number | null;
  /** The older name of `step`. */
  readonly q?: number;
  readonly choices: readonly ParamValue[];
}
