import { setImmediate } from 'node:timers/promises';
import { tally, targets } from './targets.js';

/** Mutates every target as often as the first argument says, 10,000 times by default, from the seed that the second names; ends in one line. */
const [runs = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const BLOCK = 500;
const counts = tally();
const all = targets();
const start = performance.now();
let peakBytes = 0;
let failed = 0;
for (const [i, target] of all.entries()) {
  try {
    for (let done = 0; done < runs; done += BLOCK) {
      await target.fuzz(Math.min(BLOCK, runs - done), seed + i * runs + done, counts);
      await setImmediate(); // lets go of what zlib holds, which a loop without a pause does not
    }
  } catch (error) {
    failed++;
    console.error(`${target.name}:`, error);
  }
  peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
}
const number = (n: number) => Math.round(n).toLocaleString('en-US');
const refused = [...counts.refused.values()].reduce((sum, n) => sum + n, 0);
console.log(
  `fuzz nifti-io: ${all.length} seed files x ${number(runs)} mutations, seed ${seed}: ${number(counts.read)} results, ` +
    `${number(refused)} typed errors of ${counts.refused.size} codes, ${failed} targets with a fault; ` +
    `slowest ${number(counts.slowestMs)} ms, peak ${number(peakBytes / 1e6)} MB, ${number((performance.now() - start) / 1000)} s`,
);
process.exitCode = failed > 0 ? 1 : 0;
