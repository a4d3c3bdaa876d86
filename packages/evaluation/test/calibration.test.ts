import { rng, type Rng } from '@mgmt/core';
import { aucPValue, delongInterval, delongMeanInterval, seedMeanAucInterval } from '../src/index.js';
import { classes } from './rows.js';
import { seedScores, SHIFT_OF_AUC } from './simulate.js';

// Promises of 95 %, put to the test on simulated validation sets of the paper's size. More of them, with their
// figures printed: MGMT_CALIBRATION_SETS=10000.
const SETS = Number(process.env.MGMT_CALIBRATION_SETS ?? 400);
const labels = classes(56, 61);
const [fewest, most] = binomialBand(SETS, 0.95, 0.999);

describe.each([0.5, 0.7] as const)(`of ${SETS} data sets with an AUC of %p, between ${fewest} and ${most}`, (auc) => {
  const shift = SHIFT_OF_AUC[auc];
  const holds = ({ low, high }: { low: number; high: number }) => low <= auc && auc <= high;

  it.each<[string, (stream: Rng) => boolean]>([
    [
      'of delongInterval hold it',
      (stream) => holds(delongInterval(labels, seedScores(labels, stream, { seeds: 1, shared: 1, shift })[0]!)),
    ],
    [
      'of delongMeanInterval hold it',
      (stream) => holds(delongMeanInterval(labels, seedScores(labels, stream, { seeds: 3, shared: 0.5, shift }))),
    ],
    [
      'of seedMeanAucInterval hold it',
      (stream) =>
        holds(
          seedMeanAucInterval(labels, seedScores(labels, stream, { seeds: 3, shared: 0.5, shift }), {
            rng: stream.child('draws'),
            resamples: 200,
          }),
        ),
    ],
  ])('intervals %s', (name, run) => {
    expectWithin(count(name, run));
  });
});

describe(`of ${SETS} data sets without signal, between ${fewest} and ${most}`, () => {
  it.each(['chance', 'delong'] as const)('p-values by %s are above 0.05', (spread) => {
    expectWithin(count(spread, (stream) => aucPValue(labels, seedScores(labels, stream, { seeds: 1, shared: 1 })[0]!, { spread }) > 0.05));
  });
});

const root = rng('calibration');
const count = (name: string, run: (stream: Rng) => boolean) =>
  Array.from({ length: SETS }, (_, set) => run(root.child(name).child(set))).filter(Boolean).length;

function expectWithin(found: number): void {
  if (process.env.MGMT_CALIBRATION_SETS) process.stderr.write(`${expect.getState().currentTestName}: ${found}\n`);
  expect(found).toBeGreaterThanOrEqual(fewest);
  expect(found).toBeLessThanOrEqual(most);
}

/** The counts that a binomial leaves below or above with at most half of the rest of `level` each, exactly. */
function binomialBand(n: number, p: number, level: number): [number, number] {
  const cumulative: number[] = [];
  let logMass = n * Math.log(1 - p); // of k = 0
  for (let k = 0; k <= n; k++) {
    cumulative.push((cumulative.at(-1) ?? 0) + Math.exp(logMass));
    logMass += Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  const rest = (1 - level) / 2;
  return [cumulative.findIndex((below) => below > rest), cumulative.findIndex((below) => below >= 1 - rest)];
}
