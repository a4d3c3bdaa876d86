import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  float,
  gridSampler,
  int,
  medianPruner,
  nopPruner,
  openStudy,
  optimize,
  type Pruner,
  randomSampler,
  type Sampler,
  searchSpace,
  studyRecord,
  tpeSampler,
  TrialPruned,
} from '../../src/index.js';
import { endedWorker } from '../endedWorker.js';
import { journalPath } from '../optuna.js';

const places = [
  ['in memory', () => undefined],
  ['in a journal', () => journalPath()],
] as const;

describe.each(places)('a study %s', (_, newPath) => {
  const open = (options: Parameters<typeof openStudy>[0] = {}) => openStudy({ path: newPath(), sampler: randomSampler(), ...options });

  it('lets its sampler learn from those alone that the pruner compares a trial with', async () => {
    const seen: (readonly number[] | undefined)[] = [];
    const note = ({ competitors }: Parameters<Sampler['sample']>[2]) => seen.push(competitors?.map(({ number }) => number));
    const sampler: Sampler = {
      together: (context) => (note(context), {}),
      sample: (_name, _distribution, context) => note(context),
    };
    const pruner = Object.assign(nopPruner(), {
      competitors: (trial: { number: number }, trials: readonly { number: number }[]) =>
        trials.filter(({ number }) => number % 2 === trial.number % 2),
    }) as Pruner;
    const study = await open({ sampler, pruner });
    for (let i = 0; i < 3; i++) (await study.ask()).suggestInt('n', 0, 9);
    expect(seen).toEqual([[], [], [], [], [0], [0]]);
  });

  it('keeps what it was asked and told', async () => {
    const study = await open();
    const trial = await study.ask();
    const x = trial.suggestFloat('x', 1e-5, 1e-2, { log: true });
    const depth = trial.suggestInt('depth', 1, 6);
    const pool = trial.suggestCategorical('pool', ['cls', 'mean']);
    await trial.report(0.5, 0);
    await trial.setAttribute('note', { seconds: 3 });
    expect(trial.params).toEqual({ x, depth, pool });
    const told = await study.tell(trial, 0.25);
    expect(await study.trials()).toEqual([told]);
    expect(told).toEqual({
      number: 0,
      state: 'complete',
      value: 0.25,
      params: { x, depth, pool },
      distributions: {
        x: { kind: 'float', low: 1e-5, high: 1e-2, log: true },
        depth: { kind: 'int', low: 1, high: 6 },
        pool: { kind: 'categorical', choices: ['cls', 'mean'] },
      },
      intermediate: [{ step: 0, value: 0.5 }],
      attributes: { note: { seconds: 3 } },
      systemAttributes: {},
      startedAt: expect.any(Number),
      finishedAt: expect.any(Number),
    });
  });

  it('gives a parameter once: the same when asked for again', async () => {
    const trial = await (await open()).ask();
    expect(trial.suggestFloat('x', 0, 1)).toBe(trial.suggestFloat('x', 0, 1));
    expect(() => trial.suggestFloat('x', 0, 1, { log: true })).toThrow('tuning/bad-distribution');
    expect(() => trial.suggestInt('x', 0, 1)).toThrow('tuning/incompatible-distribution');
  });

  it('refuses another kind of distribution than an earlier trial had, and lets bounds move', async () => {
    const study = await open();
    const first = await study.ask();
    first.suggestFloat('x', 0, 1);
    first.suggestCategorical('pool', ['a', 'b']);
    await study.tell(first, 0);
    const second = await study.ask();
    expect(() => second.suggestInt('x', 0, 1)).toThrow('tuning/incompatible-distribution');
    expect(() => second.suggestFloat('x', 0.1, 1, { log: true })).toThrow('tuning/incompatible-distribution');
    expect(() => second.suggestCategorical('pool', ['a', 'c'])).toThrow('tuning/incompatible-distribution');
    expect(second.suggestFloat('x', 2, 3)).toBeGreaterThanOrEqual(2);
  });

  it('ends a range with steps on its grid', async () => {
    const study = await open();
    const trial = await study.ask();
    trial.suggestFloat('x', 0, 1, { step: 0.3 });
    trial.suggestInt('n', 1, 10, { step: 4 });
    await trial.setAttribute('written', true);
    expect((await study.trials())[0]!.distributions).toEqual({
      x: { kind: 'float', low: 0, high: 0.9, step: 0.3 },
      n: { kind: 'int', low: 1, high: 9, step: 4 },
    });
  });

  it.each([
    ['a value', 3, { state: 'complete', value: 3 }],
    ['an infinity', -Infinity, { state: 'complete', value: -Infinity }],
    ['NaN, which is none', NaN, { state: 'failed', error: 'the value is NaN' }],
    ['a failure', { state: 'failed', error: new RangeError('too large') }, { state: 'failed', error: 'RangeError: too large' }],
    ['pruned, with the last report as its value', { state: 'pruned' }, { state: 'pruned', value: 0.5 }],
  ] as const)('is told %s', async (_, outcome, expected) => {
    const study = await open();
    const trial = await study.ask();
    await trial.report(0.5, 7);
    await trial.report(0.9, 2);
    await trial.report(9, 7); // a second report of a step is ignored
    const { state, value, error } = await study.tell(trial, outcome);
    expect({ state, value, error }).toEqual({ value: undefined, error: undefined, ...expected });
  });

  it('is told once, of a trial that it has', async () => {
    const study = await open();
    const trial = await study.ask();
    await study.tell(trial.number, 1);
    await expect(study.tell(trial, 2)).rejects.toMatchObject({ code: 'tuning/trial-not-running', where: 'trial 0', found: 'complete' });
    await expect(trial.report(1, 0)).rejects.toMatchObject({ code: 'tuning/trial-not-running' });
    await expect(study.tell(5, 2)).rejects.toMatchObject({ code: 'tuning/no-such-trial' });
    await study.enqueue({ x: 1 });
    await expect(study.tell(1, 2)).rejects.toMatchObject({ code: 'tuning/trial-not-running', found: 'waiting' });
  });

  it.each([
    [NaN, 0.5],
    [1, -1],
    ['1', 0],
  ])('takes reports of numbers at whole steps only: %s at %s', async (value, step) => {
    const trial = await (await open()).ask();
    const report = trial.report(value as number, step);
    if (step >= 0 && Number.isInteger(step) && typeof value === 'number') await report;
    else await expect(report).rejects.toMatchObject({ code: 'tuning/bad-report' });
  });

  it('runs queued trials first, with their values, and samples the rest', async () => {
    const study = await open();
    await study.enqueue({ x: 0.125, extra: 'unused' }, { memo: 'by hand' });
    await study.enqueue({ pool: 'none' });
    expect((await study.trials()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    const first = await study.ask();
    expect(first.attributes).toEqual({ memo: 'by hand' });
    expect(first.suggestFloat('x', 0, 1)).toBe(0.125);
    expect(first.suggestInt('n', 1, 5)).toBeGreaterThanOrEqual(1);
    const second = await study.ask();
    expect(() => second.suggestCategorical('pool', ['cls', 'mean'])).toThrow('tuning/not-a-choice');
    expect((await study.ask()).number).toBe(2);
  });

  it('finds the first best of the complete trials', async () => {
    for (const [direction, best] of [
      ['minimize', 2],
      ['maximize', 0],
    ] as const) {
      const study = await open({ direction });
      expect(await study.best()).toBeUndefined();
      for (const outcome of [5, { state: 'failed' }, -1, -1, { state: 'pruned' }, 5] as const) await study.tell(await study.ask(), outcome);
      expect((await study.best())?.number).toBe(best);
    }
  });

  it('asks its pruner, and keeps what that wants to remember', async () => {
    const seen: unknown[] = [];
    const pruner: Pruner = ({ trial, trials, studyName, direction }) => {
      seen.push([trial.intermediate.at(-1), trials.length, studyName, direction]);
      return { prune: trial.intermediate.length > 1, systemAttributes: { [`rung_${trial.intermediate.length}`]: 1 } };
    };
    const study = await open({ pruner, name: 'pruned' });
    await study.ask();
    const trial = await study.ask();
    await trial.report(0.5, 0);
    expect(await trial.shouldPrune()).toBe(false);
    await trial.report(0.25, 1);
    expect(await trial.shouldPrune()).toBe(true);
    expect((await study.tell(trial, { state: 'pruned' })).systemAttributes).toEqual({ rung_1: 1, rung_2: 1 });
    expect(seen).toEqual([
      [{ step: 0, value: 0.5 }, 1, 'pruned', 'minimize'],
      [{ step: 1, value: 0.25 }, 1, 'pruned', 'minimize'],
    ]);
  });

  it('gives its sampler the other trials, and a stream by the number of the trial', async () => {
    const draws: number[][] = [[], []];
    for (const drawn of draws) {
      const sampler: Sampler = { sample: (name, _, { rng, trials }) => drawn.push(trials.length, rng.child(name).uniform()) && 0.5 };
      const study = await open({ sampler, seed: 3 });
      for (let i = 0; i < 3; i++) (await study.ask()).suggestFloat('x', 0, 1);
    }
    expect(draws[0]).toEqual(draws[1]);
    expect(new Set(draws[0]).size).toBe(6);
  });

  it('takes what its sampler drew together where it fits, and keeps its notes', async () => {
    const sampler: Sampler = {
      together: ({ trial }) => ({ x: trial.systemAttributes['at'] as number, n: 99, pool: 'cls' }),
      systemAttributes: ({ trial }) => ({ at: trial.number / 4 }),
      sample: () => 3,
    };
    const study = await open({ sampler });
    await study.ask();
    const trial = await study.ask();
    expect([trial.suggestFloat('x', 0, 1), trial.suggestInt('n', 1, 5), trial.suggestCategorical('pool', ['cls', 'mean'])]).toEqual([
      0.25,
      3,
      'cls',
    ]);
    expect((await study.trials()).map(({ systemAttributes }) => systemAttributes)).toEqual([{ at: 0 }, { at: 0.25 }]);
  });

  it('keeps plain data of its own: what the caller does to it later changes nothing', async () => {
    const study = await open();
    const trial = await study.ask();
    const list = [1];
    await trial.setAttribute('list', list);
    await study.setAttribute('list', list);
    await trial.setAttribute('nothing', undefined);
    list.push(2);
    expect((await study.trials())[0]!.attributes).toEqual({ list: [1], nothing: null });
    expect(await study.attributes()).toEqual({ list: [1] });
  });

  it('gives plain data for figures', async () => {
    const study = await open({ name: 'figures', direction: 'maximize' });
    await optimize(
      study,
      (trial) => trial.suggestFloat('x', [-1, -2, 0][trial.number]!, 1) + (trial.number === 1 ? 10 * trial.suggestInt('n', 1, 3) : 0),
      {
        trials: 3,
      },
    );
    const trials = await study.trials();
    expect(await studyRecord(study)).toEqual({
      name: 'figures',
      direction: 'maximize',
      trials,
      best: 1,
      parameters: { x: { kind: 'float', low: -2, high: 1 }, n: { kind: 'int', low: 1, high: 3 } },
    });
  });
});

describe('a study that is opened again', () => {
  it('is the same, from another object and at the same time', async () => {
    const path = journalPath();
    const a = await openStudy({ path, name: 'a', direction: 'maximize' });
    const b = await openStudy({ path, name: 'a' });
    await openStudy({ path, name: 'other' });
    const [x, y] = await Promise.all([a.ask(), b.ask()]);
    expect([x.number, y.number].sort()).toEqual([0, 1]);
    await a.tell(y.number, 4);
    expect((await b.best())?.value).toBe(4);
    expect(b.direction).toBe('maximize');
    expect(await (await openStudy({ path, name: 'other' })).trials()).toEqual([]);
  });

  it('does not turn round', async () => {
    const path = journalPath();
    await openStudy({ path });
    await expect(openStudy({ path, direction: 'maximize' })).rejects.toMatchObject({
      code: 'tuning/other-direction',
      expected: 'minimize',
    });
  });

  it('proposes what it would have, had it not been closed', async () => {
    const space = searchSpace({ x: float(0, 1), n: int(1, 100) });
    const run = async (pieces: readonly number[]) => {
      const path = journalPath();
      for (const trials of pieces) {
        await optimize(await openStudy({ path, seed: 7, sampler: tpeSampler({ startupTrials: 3 }) }), (trial) => space.suggest(trial).x, {
          trials,
        });
      }
      return (await (await openStudy({ path })).trials()).map(({ params }) => params);
    };
    expect(await run([4, 8])).toEqual(await run([8]));
  });
});

describe('optimize', () => {
  it('runs as many trials as the study shall have in all', async () => {
    const study = await openStudy({ sampler: randomSampler() });
    const told: number[] = [];
    await study.tell(await study.ask(), 1);
    await optimize(study, () => 0, { trials: 4, onTrial: ({ number }) => void told.push(number) });
    await optimize(study, () => 0, { trials: 4 });
    expect(told).toEqual([1, 2, 3]);
    expect(await study.trials()).toHaveLength(4);
  });

  it('keeps a failed trial, and throws its error or goes on', async () => {
    const study = await openStudy();
    const objective = () => Promise.reject(new TypeError('bad'));
    await expect(optimize(study, objective, { trials: 3 })).rejects.toThrow(new TypeError('bad'));
    await optimize(study, objective, { trials: 3, catchErrors: true });
    expect((await study.trials()).map(({ state, error }) => [state, error])).toEqual(Array(3).fill(['failed', 'TypeError: bad']));
  });

  it('keeps a trial without a number as failed', async () => {
    const study = await openStudy();
    await optimize(study, () => undefined as unknown as number, { trials: 1 });
    expect(await study.trials()).toMatchObject([{ state: 'failed', error: 'the value is no number: undefined' }]);
  });

  it('keeps pruned trials, with the median pruner', async () => {
    const study = await openStudy({ pruner: medianPruner({ startupTrials: 2 }), sampler: randomSampler() });
    await optimize(
      study,
      async (trial) => {
        await trial.report(trial.number, 0);
        if (await trial.shouldPrune()) throw new TrialPruned();
        return trial.number;
      },
      { trials: 5 },
    );
    expect((await study.trials()).map(({ state }) => state)).toEqual(['complete', 'complete', 'pruned', 'pruned', 'pruned']);
  });

  it('ends where the sampler has nothing left, and with the time', async () => {
    const study = await openStudy({ sampler: gridSampler({ x: [1, 2, 3] }) });
    await optimize(study, (trial) => trial.suggestFloat('x', 0, 5));
    expect((await study.trials()).map(({ value }) => value).sort()).toEqual([1, 2, 3]);
    await optimize(await openStudy(), () => 0, { timeoutMs: 20 });
  });

  it('stops by its signal: what the objective then throws makes no error, and its trial is not counted', async () => {
    const study = await openStudy({ pruner: nopPruner() });
    const stop = new AbortController();
    await optimize(
      study,
      (_, { signal }) => {
        stop.abort();
        signal.throwIfAborted();
        return 0;
      },
      { signal: stop.signal },
    );
    expect(await study.trials()).toMatchObject([{ state: 'failed', error: 'the search was stopped' }]);
    await optimize(study, () => 0, { trials: 2 });
    expect(await study.trials()).toHaveLength(3);
  });
});

describe('a trial whose process has ended', () => {
  it('is failed by who begins the next one, and owed; one that may still run is left alone, and counted', async () => {
    const path = journalPath();
    await openStudy({ path });
    for (const worker of [endedWorker(), '6aae48df-4871-48b6-b69c-d10b13922977-140527027170176']) {
      appendFileSync(path, `{"op_code":4,"worker_id":"${worker}","study_id":0,"datetime_start":"2026-01-02T03:04:05.678901+00:00"}\n`);
    }
    const study = await openStudy({ path });
    await optimize(study, () => 0, { trials: 2 });
    expect((await study.trials()).map(({ state, error }) => error ?? state)).toEqual(['its process ended', 'running', 'complete']);
  });
});

describe('a random life of a study', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('ask' as const) }),
    fc.record({ kind: fc.constant('enqueue' as const), x: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ kind: fc.constant('report' as const), at: fc.nat(9), step: fc.nat(3), value: fc.double() }),
    fc.record({
      kind: fc.constant('tell' as const),
      at: fc.nat(9),
      outcome: fc.oneof(fc.double(), fc.constant({ state: 'pruned' as const })),
    }),
  );

  it('is the same in memory, in a journal, and read from it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const path = journalPath();
        const studies = [await openStudy({ sampler: randomSampler() }), await openStudy({ path, sampler: randomSampler() })];
        const lives = await Promise.all(studies.map((study) => live(study, acts)));
        lives.push(withoutTimes(await (await openStudy({ path })).trials()));
        expect(lives[1]).toEqual(lives[0]);
        expect(lives[2]).toEqual(lives[0]);
      }),
      { numRuns: 10 },
    );
  });

  async function live(study: Awaited<ReturnType<typeof openStudy>>, acts: readonly Arbitrary<typeof act>[]) {
    const asked = [];
    for (const what of acts) {
      if (what.kind === 'ask') asked.push(await study.ask(searchSpace({ x: float(0, 1) })));
      if (what.kind === 'enqueue') await study.enqueue({ x: what.x });
      const trial = 'at' in what ? asked[what.at] : undefined;
      if (what.kind === 'report') await trial?.report(what.value, what.step).catch(() => undefined);
      if (what.kind === 'tell' && trial) await study.tell(trial, what.outcome).catch(() => undefined);
    }
    return withoutTimes(await study.trials());
  }
});

type Arbitrary<A> = A extends fc.Arbitrary<infer T> ? T : never;

function withoutTimes(trials: Awaited<ReturnType<Awaited<ReturnType<typeof openStudy>>['trials']>>) {
  return trials.map(({ startedAt: _, finishedAt: __, ...trial }) => trial);
}
