import type { Rng } from '@mgmt/core';

/**
 * A source of bootstrap samples that keep the size of each class: each call draws as many cases of a class as there are, with replacement, and says how
 * often each case was drawn. The array is the same at every call, to be read before the next.
 */
export function drawWithinClasses(labels: Uint8Array, rng: Rng): () => Uint32Array {
  const classes = [0, 1].map((label) => Uint32Array.from(labels.keys()).filter((i) => labels[i] === label));
  const times = new Uint32Array(labels.length);
  return () => {
    times.fill(0);
    for (const members of classes) {
      for (let k = 0; k < members.length; k++) times[members[rng.integer(0, members.length - 1)]!]!++;
    }
    return times;
  };
}
