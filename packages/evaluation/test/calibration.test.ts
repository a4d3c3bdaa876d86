import { rng } from '@mgmt/core';
import { binomialBand } from './promises/binomial.js';
import { intervals } from './promises/intervals.js';
import { predictions } from './promises/predictions.js';
import { tests } from './promises/tests.js';

// What intervals and tests promise, put to the test on simulated data sets of the paper's size. 10,000 of each, with a table of the figures:
// tools/null-cohorts/promises.ts.
const SETS = 200;
const root = rng('calibration');

it.each([...intervals, ...tests, ...predictions].map((promised) => ({ ...promised, share: promised.share ?? 0.95 })))(
  '$name is right as often as it says, $share: $on',
  ({ name, on, share, orMore, isRight }) => {
    const stream = root.child(name).child(on);
    const right = Array.from({ length: SETS }, (_, set) => isRight(stream.child(set))).filter(Boolean).length;
    const [fewest, most] = binomialBand(SETS, share);
    expect(right).toBeGreaterThanOrEqual(fewest);
    expect(right).toBeLessThanOrEqual(orMore ? SETS : most);
  },
);
