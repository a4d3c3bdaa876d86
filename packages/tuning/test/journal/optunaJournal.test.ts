import { existsSync, readFileSync } from 'node:fs';
import { openStudy, optimize, randomSampler, studyRecord, TrialPruned } from '../../src/index.js';
import { goldenJournal, itWithOptuna, journalPath, readByOptuna } from '../optuna.js';

const { journal, studies } = goldenJournal();

describe("Optuna's journal", () => {
  it.each(['main', 'other'] as const)('is read as Optuna reads it, among deleted and other studies: %s', async (name) => {
    const study = await openStudy({ path: journalPath(journal), name });
    expect((await study.trials()).map(({ error: _, ...trial }) => trial)).toEqual(studies[name].trials);
    expect(study.direction).toBe(studies[name].direction);
    expect((await study.best())?.number).toBe(studies[name].best);
    expect(await study.attributes()).toEqual(studies[name].attributes);
  });

  it('is not touched by reading', async () => {
    const path = journalPath(journal);
    await (await openStudy({ path, name: 'main' })).trials();
    expect(readFileSync(path, 'utf8')).toBe(journal);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  itWithOptuna('is gone on with, and Optuna reads on (needs python3 with optuna)', async () => {
    const path = journalPath(journal);
    const before = studies.main.trials;
    const study = await openStudy({ path, name: 'main', direction: 'maximize', sampler: randomSampler() });
    const queued = await study.ask();
    expect(queued.suggestFloat('x', 0, 1)).toBe(0.75);
    await study.tell(queued, 0.75);
    await study.tell(8, { state: 'failed', error: 'nobody runs it' }); // it was running when Optuna left
    await optimize(study, everyKind, { trials: before.length + 6, catchErrors: true });
    await study.enqueue({ x: 0.3 }, { memo: 'é "NaN"' });
    await study.setAttribute('ours', { a: [NaN, 1] });

    const theirs = readByOptuna(path, 'main');
    const ours = await studyRecord(study);
    expect(theirs.trials).toEqual(ours.trials.map(({ error: _, ...trial }) => trial));
    expect(theirs.trials).toHaveLength(before.length + 7);
    expect(theirs.trials.slice(0, 8)).toEqual(before.slice(0, 8));
    expect(theirs.best).toBe(ours.best);
    expect(theirs.attributes).toEqual(await study.attributes());
    expect(new Set(ours.trials.map(({ state }) => state))).toEqual(new Set(['complete', 'pruned', 'failed', 'waiting']));
  });

  itWithOptuna('is ours too: a study begun here is loaded by Optuna (needs python3 with optuna)', async () => {
    const path = journalPath();
    const study = await openStudy({ path, name: 'ours', sampler: randomSampler() });
    await optimize(study, everyKind, { trials: 6, catchErrors: true });
    await study.ask();
    const theirs = readByOptuna(path, 'ours');
    const { trials, best, direction } = await studyRecord(study);
    expect(theirs).toEqual({ direction, best, attributes: {}, trials: trials.map(({ error: _, ...trial }) => trial) });
  });

  it('of several objectives is refused', async () => {
    const line = '{"op_code":0,"worker_id":"a","study_name":"two","directions":[1,2]}\n';
    await expect(openStudy({ path: journalPath(line), name: 'two' })).rejects.toMatchObject({
      code: 'tuning/many-objectives',
      found: '1, 2',
    });
  });
});

/** One objective that does everything that a journal can tell of. */
async function everyKind(trial: Parameters<Parameters<typeof optimize>[1]>[0]): Promise<number> {
  const x = trial.suggestFloat('x', 0, 1);
  trial.suggestInt('n', 1, 64, { log: true });
  trial.suggestFloat('q', 0, 1, { step: 0.3 });
  trial.suggestCategorical('optimizer', ['adam', 'sgd', null, true, 1.5]);
  if (trial.number % 2) trial.suggestInt('even', 0, 10, { step: 2 });
  await trial.report(x, 3);
  await trial.report(NaN, 1);
  await trial.report(-Infinity, 2);
  await trial.report(100, 2); // ignored, as with Optuna
  await trial.setAttribute('note', { text: 'é "NaN" 漢', list: [1, -Infinity] });
  if (trial.number % 5 === 1) throw new TrialPruned();
  if (trial.number % 5 === 2) throw new TypeError('bad');
  return [NaN, Infinity][(trial.number % 5) - 3] ?? x;
}
