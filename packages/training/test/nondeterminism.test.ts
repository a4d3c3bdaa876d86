import { BACKEND_NAMES } from '@mgmt/nn';
import { nondeterminism } from '../src/index.js';

describe('nondeterminism', () => {
  it.each(['cpu', 'wasm', 'tensorflow'] as const)('finds no reason on %s with one thread', (backend) =>
    expect(nondeterminism({ backend, details: { threads: '1' } })).toEqual([]),
  );

  it('says how many threads split the sums', () =>
    expect(nondeterminism({ backend: 'tensorflow', details: { threads: '8' } })).toEqual([expect.stringContaining('8 threads')]));

  it.each(BACKEND_NAMES.filter((name) => name.includes('gpu')))('has a reason for %s', (backend) =>
    expect(nondeterminism({ backend, details: {} })).not.toEqual([]),
  );
});
