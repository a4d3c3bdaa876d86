// The same cases of every property at every run, so that a change fails only for what it changed. MGMT_PROPERTY_SEED=random draws others,
// MGMT_PROPERTY_RUNS=1000 more of them (for a property that does not state its own number).
import fc from 'fast-check';

const { MGMT_PROPERTY_SEED: seed = '585', MGMT_PROPERTY_RUNS: runs } = process.env;
fc.configureGlobal({ ...(seed === 'random' ? {} : { seed: Number(seed) }), ...(runs ? { numRuns: Number(runs) } : {}) });
