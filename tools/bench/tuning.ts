/**
 * How good and how fast TPE is: one JSON line a task, in the form of the Python side of the comparison (Optuna), for runs side by side.
 *
 *   tpe-branin, tpe-hartmann6   100 trials x 20 seeds of the default sampler: quartiles of the best value, ms a trial
 *   …-multivariate              the same, parameters drawn together
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/tuning.ts [--seeds=20] [TASK ...]
 * Studies are in memory, as there. Medians of 20 seeds differ by chance; 200 seeds tell more. `cpu_ms_a_trial` is what a machine shared with
 * others tells more of than `ms_a_trial`.
 */
import { openStudy, optimize, type Sampler, tpeSampler, type TpeConfig } from '@mgmt/tuning';

const TRIALS = 100;
const seeds = Number(process.argv.find((argument) => argument.startsWith('--seeds='))?.slice('--seeds='.length) ?? 20);

type Bounds = readonly (readonly [low: number, high: number])[];

const branin = ([x, y]: readonly number[]) =>
  (y! - (5.1 / (4 * Math.PI ** 2)) * x! * x! + (5 / Math.PI) * x! - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x!) + 10;

const HILLS = [
  { height: 1, widths: [10, 3, 17, 3.5, 1.7, 8], center: [1312, 1696, 5569, 124, 8283, 5886] },
  { height: 1.2, widths: [0.05, 10, 17, 0.1, 8, 14], center: [2329, 4135, 8307, 3736, 1004, 9991] },
  { height: 3, widths: [3, 3.5, 1.7, 10, 17, 8], center: [2348, 1451, 3522, 2883, 3047, 6650] },
  { height: 3.2, widths: [17, 8, 0.05, 10, 0.1, 14], center: [4047, 8828, 8732, 5743, 1091, 381] },
];

const hartmann6 = (x: readonly number[]) =>
  -HILLS.reduce((sum, { height, widths, center }) => {
    const distance = widths.reduce((total, width, i) => total + width * (x[i]! - center[i]! * 1e-4) ** 2, 0);
    return sum + height * Math.exp(-distance);
  }, 0);

async function bestOf(objective: (x: readonly number[]) => number, bounds: Bounds, sampler: Sampler, seed: number): Promise<number> {
  const study = await openStudy({ sampler, seed });
  await optimize(study, (trial) => objective(bounds.map(([low, high], i) => trial.suggestFloat(`x${i}`, low, high))), { trials: TRIALS });
  return (await study.best())!.value;
}

async function measured(objective: (x: readonly number[]) => number, bounds: Bounds, config: TpeConfig): Promise<object> {
  for (let seed = 0; seed < 3; seed++) await bestOf(objective, bounds, tpeSampler(config), seed); // compiled
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const best: number[] = [];
  for (let seed = 0; seed < seeds; seed++) best.push(await bestOf(objective, bounds, tpeSampler(config), seed));
  const { user, system } = process.cpuUsage(cpuStart);
  const aTrial = (ms: number) => Number((ms / (seeds * TRIALS)).toFixed(3));
  const times = { ms_a_trial: aTrial(performance.now() - start), cpu_ms_a_trial: aTrial((user + system) / 1000) };
  const rising = best.sort((a, b) => a - b);
  return { seeds, best_quartiles: [0.25, 0.5, 0.75].map((share) => quantile(rising, share)), ...times };
}

/** Linearly interpolated, as NumPy does it. */
function quantile(rising: readonly number[], share: number): number {
  const place = (rising.length - 1) * share;
  const [low, high] = [rising[Math.floor(place)]!, rising[Math.ceil(place)]!];
  return Number((low + (high - low) * (place - Math.floor(place))).toFixed(4));
}

const BRANIN: Bounds = [
  [-5, 10],
  [0, 15],
];
const UNIT: Bounds = Array.from({ length: 6 }, () => [0, 1]);

const TASKS: Readonly<Record<string, () => Promise<object>>> = {
  'tpe-branin': () => measured(branin, BRANIN, {}),
  'tpe-hartmann6': () => measured(hartmann6, UNIT, {}),
  'tpe-branin-multivariate': () => measured(branin, BRANIN, { multivariate: true }),
  'tpe-hartmann6-multivariate': () => measured(hartmann6, UNIT, { multivariate: true }),
};

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const task of chosen.length > 0 ? chosen : Object.keys(TASKS)) {
  if (!(task in TASKS)) throw new Error(`no task ${task}; there are ${Object.keys(TASKS).join(', ')}`);
  console.log(JSON.stringify({ task, side: 'typescript', ...(await TASKS[task]!()) }));
}
