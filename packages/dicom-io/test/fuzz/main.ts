import { fuzz, seeds, tally } from './targets.js';

/** Mutates every seed file as often as the first argument says, 10,000 times by default, from the seed that the second names; ends in one line. */
const [runs = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const counts = tally();
const all = seeds();
const start = performance.now();
let peakBytes = 0;
let failed = 0;
for (const [i, file] of all.entries()) {
  try {
    await fuzz(file, runs, seed + i, counts);
  } catch (error) {
    failed++;
    console.error(`${file.name}:`, error);
  }
  peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
}
const number = (n: number) => Math.round(n).toLocaleString('en-US');
const refused = [...counts.refused.values()].reduce((sum, n) => sum + n, 0);
console.log(
  `fuzz dicom-io: ${all.length} seed files x ${number(runs)} mutations, seed ${seed}: ${number(counts.read)} results, ` +
    `${number(refused)} typed errors of ${counts.refused.size} codes, ${failed} files with a fault; ` +
    `slowest ${number(counts.slowestMs)} ms, peak ${number(peakBytes / 1e6)} MB, ${number((performance.now() - start) / 1000)} s`,
);
process.exitCode = failed > 0 ? 1 : 0;
