import { readFileSync } from 'node:fs';

/** Expected values of one kind, as the named program computed them; the file's `origin` says which version and which script. */
export function golden<T>(
  program:
    'sklearn' | 'scipy' | 'pROC' | 'embeddings' | 'comparisons' | 'inference' | 'calibration' | 'dcurves' | 'shape' | 'seeds' | 'rocBand',
  kind: string,
): T {
  const file = JSON.parse(readFileSync(new URL(`golden/${program}.json`, import.meta.url), 'utf8')) as Record<string, T>;
  if (!(kind in file)) throw new Error(`${program}.json holds no ${kind}`);
  return file[kind]!;
}
