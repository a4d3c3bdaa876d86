import type { Pruner } from '../pruner.js';

/** Lets every trial run to its end. */
export function nopPruner(): Pruner {
  return () => ({ prune: false });
}
