import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isMgmtError } from '@mgmt/core';
import { FileJournal } from '../../src/journal/fileJournal.js';
import { type Operation } from '../../src/journal/operations.js';
import { goldenJournal, itWithOptuna, journalPath, readByOptuna } from '../optuna.js';

const study: Operation = { op_code: 0, study_name: 'a', directions: [1] };
const trial: Operation = { op_code: 4, study_id: 0, datetime_start: '2026-01-02T03:04:05.678901+00:00' };
const TORN = '{"op_code":4,"worker_id":"killed","stu';

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);

describe('FileJournal', () => {
  it('makes its folder and file when something is written, not before', async () => {
    const path = join(journalPath(), 'deeper', 'journal.log');
    const journal = new FileJournal(path);
    await journal.read();
    expect(existsSync(path)).toBe(false);
    await journal.transact(() => [study, trial]);
    expect(linesOf(path)).toHaveLength(2);
  });

  it('loses nothing of many writers of one process', async () => {
    const path = journalPath();
    const journals = Array.from({ length: 3 }, () => new FileJournal(path));
    await journals[0]!.transact(() => [study]);
    await Promise.all(journals.flatMap((journal) => Array.from({ length: 8 }, () => journal.transact(() => [trial]))));
    for (const journal of journals)
      expect((await journal.read()).trialsOf(0).map(({ record }) => record.number)).toEqual([...Array(24).keys()]);
  });

  it('applies what is new once, however many look at the same time', async () => {
    const path = journalPath();
    await new FileJournal(path).transact(() => [study, trial]);
    const journal = new FileJournal(path);
    await Promise.all([journal.read(), journal.read(), journal.transact(() => [trial]), journal.read()]);
    expect(journal.replay.trialsOf(0)).toHaveLength(2);
  });

  it('writes nothing where the decision throws', async () => {
    const path = journalPath();
    const journal = new FileJournal(path);
    const no = () => {
      throw new Error('no');
    };
    await expect(journal.transact(no)).rejects.toThrow('no');
    await journal.transact(() => [study]);
    expect(linesOf(path)).toHaveLength(1);
  });

  it('ignores a torn last line, and cuts it off before it writes', async () => {
    const path = journalPath();
    await new FileJournal(path).transact(() => [study]);
    appendFileSync(path, TORN);
    const journal = new FileJournal(path);
    expect((await journal.read()).trialsOf(0)).toHaveLength(0);
    await journal.transact(() => [trial]);
    expect(linesOf(path)).toHaveLength(2);
    expect((await new FileJournal(path).read()).trialsOf(0)).toHaveLength(1);
  });

  itWithOptuna('ignores a torn last line as Optuna does, which then reads on (needs python3 with optuna)', async () => {
    const { journal: text, studies } = goldenJournal();
    const path = journalPath(text + TORN);
    expect(readByOptuna(path, 'main')).toEqual(studies.main);
    await new FileJournal(path).transact(() => [{ ...trial, study_id: 1 }]);
    expect(readByOptuna(path, 'main').trials).toHaveLength(studies.main.trials.length + 1);
  });

  it('waits for a line that is still being written', async () => {
    const path = journalPath();
    const journal = new FileJournal(path);
    await journal.transact(() => [study]);
    const line = '{"op_code":4,"worker_id":"slow","study_id":0,"datetime_start":null}\n';
    appendFileSync(path, line.slice(0, 30));
    expect((await journal.read()).trialsOf(0)).toHaveLength(0);
    appendFileSync(path, line.slice(30));
    expect((await journal.read()).trialsOf(0)).toHaveLength(1);
  });

  describe('says what is wrong, and where', () => {
    const first = '{"op_code":0,"worker_id":"w","study_name":"a","directions":[1]}\n';
    it.each([
      ['a damaged line among others', `${first}garbage\n${first}`, 'tuning/damaged-journal', 'line 2'],
      ['an unknown operation', `${first}{"op_code":11,"worker_id":"w"}\n`, 'tuning/unknown-operation', 'line 2'],
      ['no operation', `${first}[1]\n`, 'tuning/unknown-operation', 'line 2'],
      ['a record without a member', `${first}${first}{"op_code":5,"worker_id":"w","trial_id":0}\n`, 'tuning/damaged-journal', 'line 3'],
      ['a state that is none', `${first}{"op_code":4,"worker_id":"w","study_id":0,"state":9}\n`, 'tuning/damaged-journal', 'line 2'],
      [
        'a distribution that is none',
        `${first}{"op_code":4,"worker_id":"w","study_id":0}\n{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":0,"distribution":"{\\"name\\":\\"X\\",\\"attributes\\":{}}"}\n`,
        'tuning/damaged-journal',
        'line 3',
      ],
    ])('%s', async (_, text, code, line) => {
      const path = journalPath(text);
      await expect(new FileJournal(path).read()).rejects.toMatchObject({ code, where: `${path}, ${line}` });
    });

    it('a damaged last line: it is waited on when reading, as Optuna does, and not written after', async () => {
      const path = journalPath(`${first}${TORN}${first}`); // Optuna wrote after a torn line
      const journal = new FileJournal(path);
      expect((await journal.read()).study('a')).toBeDefined();
      await expect(journal.transact(() => [trial])).rejects.toMatchObject({ code: 'tuning/damaged-journal', where: `${path}, line 2` });
      expect(linesOf(path)).toHaveLength(2);
    });

    it('a file that became shorter', async () => {
      const path = journalPath();
      const journal = new FileJournal(path);
      await journal.transact(() => [study, trial]);
      truncateSync(path, 10);
      await expect(journal.read()).rejects.toMatchObject({ code: 'tuning/damaged-journal' });
    });

    it('a folder where the file should be', async () => {
      const path = journalPath();
      mkdirSync(path);
      await expect(new FileJournal(path).read()).rejects.toMatchObject({ code: 'tuning/cannot-read', found: 'EISDIR' });
      await expect(new FileJournal(path).transact(() => [study])).rejects.toMatchObject({ code: 'core/cannot-write' });
    });

    (process.getuid?.() === 0 ? it.skip : it)('a file that may not be read (not as root)', async () => {
      const path = journalPath(first);
      chmodSync(path, 0);
      await expect(new FileJournal(path).read()).rejects.toMatchObject({ code: 'tuning/cannot-read', where: path, found: 'EACCES' });
    });
  });

  it('ends on any bytes, with what Optuna would read or an error of its own', async () => {
    const { journal: text } = goldenJournal();
    const bytes = Buffer.from(text);
    const path = journalPath();
    const damage = fc.tuple(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 20 }), fc.nat(20));
    await fc.assert(
      fc.asyncProperty(damage, async ([at, inserted, removed]) => {
        writeFileSync(path, Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]));
        try {
          await new FileJournal(path).read();
        } catch (error) {
          if (!isMgmtError(error)) throw error;
        }
      }),
      { numRuns: 200 },
    );
  });
});
