import { rng } from '@mgmt/core';

/**
 * 65,536 normal numbers, always the same: drawing one for each of a cohort's 10^10 voxels would take longer than all the rest. Readers begin at a random
 * place, so that rows of noise are as good as independent.
 */
export function normalTable(): Float32Array {
  table ??= fill();
  return table;
}

let table: Float32Array | undefined;

function fill(): Float32Array {
  const random = rng('normal table');
  return Float32Array.from({ length: 2 ** 16 }, () => random.normal());
}
