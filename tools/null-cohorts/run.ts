/**
 * Are the intervals honest? Scores phantom cohorts in which image and label are independent, and counts how many 95 % intervals of the mean AUC over
 * seeds hold 0.5. Then scores a few at signal 1, to show that the classifier would have found something.
 *
 *   node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/null-cohorts/run.ts [--cohorts 100] [--out null-cohorts.json]
 */
import { parseArgs } from 'node:util';
import { writeFileAtomic } from '@mgmt/core/files';
import { scoreCohort, type CohortScore } from './scoreCohort.js';

const { values } = parseArgs({
  options: {
    cohorts: { type: 'string', default: '100' },
    seeds: { type: 'string', default: '5' },
    resamples: { type: 'string', default: '2000' },
    controls: { type: 'string', default: '3' },
    out: { type: 'string' },
  },
});
const shared = { seeds: Number(values.seeds), resamples: Number(values.resamples) };
const started = performance.now();

const nulls = scoreAll(Number(values.cohorts), 0);
const controls = scoreAll(Number(values.controls), 1);
const held = nulls.filter(({ holdsHalf }) => holdsHalf).length;
const summary = {
  command: 'node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/null-cohorts/run.ts',
  node: process.version,
  ...shared,
  cohorts: nulls.length,
  intervalsThatHoldHalf: held,
  meanAuc: average(nulls.map(({ mean }) => mean)),
  deviationOfMeanAuc: deviation(nulls.map(({ mean }) => mean)),
  meanWidth: average(nulls.map(({ low, high }) => high - low)),
  below: nulls.filter(({ high }) => high < 0.5).length,
  above: nulls.filter(({ low }) => low > 0.5).length,
  controlMeanAuc: average(controls.map(({ mean }) => mean)),
  seconds: Math.round((performance.now() - started) / 1000),
};
console.log(JSON.stringify(summary, null, 2));
console.log(`${held} of ${nulls.length} intervals hold 0.5`);
if (values.out) await writeFileAtomic(values.out, JSON.stringify({ ...summary, scores: nulls, controls }, null, 2) + '\n');

function scoreAll(count: number, signal: number): CohortScore[] {
  return Array.from({ length: count }, (_, cohort) => {
    const score = scoreCohort(cohort, { ...shared, signal });
    const line = [score.mean, score.low, score.high].map((value) => value.toFixed(3));
    console.error(
      `signal ${signal}, cohort ${cohort}: mean AUC ${line[0]} [${line[1]}, ${line[2]}]${score.holdsHalf ? '' : ', without 0.5'}`,
    );
    return score;
  });
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function deviation(numbers: readonly number[]): number {
  const mean = average(numbers);
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numbers.length - 1));
}
