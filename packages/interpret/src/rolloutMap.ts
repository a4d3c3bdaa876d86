import { MgmtError } from '@mgmt/core';
import type { FloatArray } from './floatArray.js';

/** Options of {@link rolloutMap}. */
export interface RolloutMapOptions {
  /** Patches along each axis, `[d, h, w]` or `[h, w]`; their tokens come in C order. */
  readonly patches: readonly number[];
  /** What the network's head sees: the class token, which is the first, or the mean of all tokens. By default the class token where there is one. */
  readonly pool?: 'class' | 'mean';
}

/**
 * What a network's answer draws on, patch by patch: the class token's row of a rollout, or the mean of all rows, without the class token's own
 * column. {@link resizeMap} lays it on the image.
 *
 * @param rollout - `[b, n, n]`, of {@link attentionRollout}
 * @returns `[b, ...patches]`
 * @throws `MgmtError` `interpret/bad-attention` where the patches are not as many as the tokens
 * @example
 * const map = rolloutMap(rollout, { patches: [2, 2] });
 * resizeMap(map, [16, 16]).shape; // [1, 16, 16]
 */
export function rolloutMap({ data, shape }: FloatArray, { patches, pool }: RolloutMapOptions): FloatArray {
  const [batch = 0, n = 0] = shape;
  const count = patches.reduce((product, each) => product * each, 1);
  const before = n - count; // class tokens
  if (before !== 1 && (before !== 0 || pool === 'class')) throw wrongCount(patches, count, n, pool);
  const rows = before === 1 && pool !== 'mean' ? 1 : n;
  const map = new Float32Array(batch * count);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < count; j++) map[b * count + j]! += data[(b * n + i) * n + before + j]! / rows;
    }
  }
  return { data: map, shape: [batch, ...patches] };
}

function wrongCount(patches: readonly number[], count: number, tokens: number, pool: 'class' | 'mean' | undefined): MgmtError {
  const product = patches.length > 1 ? `${patches.join(' x ')} = ${count}` : `${count}`;
  return new MgmtError('the patches are not as many as the tokens', {
    code: 'interpret/bad-attention',
    expected: `${product} patches${pool === 'class' ? ' and a class token' : ', with a class token or without'}`,
    found: `${tokens} tokens`,
  });
}
