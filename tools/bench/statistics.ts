/**
 * The time of statistics: one JSON line a task, in the form and with the names of the Python side of the comparison, for alternated runs side by side.
 *
 *   auc-bootstrap    10,000 stratified bootstrap AUCs of 117 scores, 56 of class 0
 *   delong-100000    covariance matrix of the AUCs of two models on 100,000 cases
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/statistics.ts [TASK ...]
 */
import { rng } from '@mgmt/core';
import { bootstrapAucInterval, delongCovariance, type BinaryLabel } from '@mgmt/evaluation';

const RUNS = 7;

/** The median of some runs, the first of which, before the code is compiled, counts too: a user has it once a study. */
function timed(work: () => unknown): { ms: number; firstMs: number } {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const [firstMs] = times;
  return { ms: round(times.sort((a, b) => a - b)[RUNS >> 1]!), firstMs: round(firstMs!) };
}

const round = (ms: number) => Number(ms.toFixed(1));

const TASKS: Readonly<Record<string, () => object>> = {
  'auc-bootstrap'() {
    const random = rng('auc-bootstrap');
    const labels = Array.from({ length: 117 }, (_, i): BinaryLabel => (i < 56 ? 0 : 1));
    const scores = labels.map(() => random.uniform());
    return timed(() => bootstrapAucInterval(labels, scores, { resamples: 10_000, rng: random.child('draws') }));
  },
  'delong-100000'() {
    const random = rng('delong');
    const labels = Array.from({ length: 100_000 }, (): BinaryLabel => (random.chance(0.5) ? 1 : 0));
    const models = [0, 1].map(() => labels.map((label) => 0.5 * label + random.normal()));
    return timed(() => delongCovariance(labels, models));
  },
};

for (const task of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(TASKS))
  console.log(JSON.stringify({ task, side: 'typescript', ...TASKS[task]!() }));
