import { type JournalRecord, type Operation, encodeRecord } from '../../src/journal/operations.js';
import { Replay } from '../../src/journal/replay.js';
import { itWithOptuna, journalPath, readAllByOptuna } from '../optuna.js';

const BEGAN = '2026-01-02T03:04:05.678901+00:00';
const ENDED = '2026-01-02T03:04:06.000000+00:00';
const float = '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}';
const int = '{"name": "IntDistribution", "attributes": {"log": false, "step": 1, "low": 0, "high": 9}}';

const begin: Operation = { op_code: 4, study_id: 0, datetime_start: BEGAN };
const wait: Operation = { op_code: 4, study_id: 0, datetime_start: null, state: 4 };
const take = (trial_id: number): Operation => ({ op_code: 6, trial_id, state: 0, values: null, datetime_start: BEGAN });
const end = (trial_id: number, value: number): Operation => ({ op_code: 6, trial_id, state: 1, values: [value], datetime_complete: ENDED });
const param = (trial_id: number, distribution: string): Operation => ({
  op_code: 5,
  trial_id,
  param_name: 'x',
  param_value_internal: 1,
  distribution,
});
const report = (trial_id: number, step: number, intermediate_value: number): Operation => ({
  op_code: 7,
  trial_id,
  step,
  intermediate_value,
});

/** What several processes may have written, one not knowing of the other, and what it comes to. */
const lives: readonly [name: string, operations: readonly Operation[], expected: readonly object[]][] = [
  [
    'a second study of the same name changes nothing',
    [{ op_code: 0, study_name: 'a', directions: [2] }, { ...begin, study_id: 1 } as Operation, begin, end(0, 3)],
    [{ value: 3 }],
  ],
  ['a trial of a study that is not there gets no id', [{ ...begin, study_id: 7 } as Operation, begin, end(0, 3)], [{ value: 3 }]],
  [
    'trials are numbered within their study',
    [{ op_code: 0, study_name: 'b', directions: [1] }, { ...begin, study_id: 1 } as Operation, begin, end(1, 3)],
    [{ number: 0, value: 3 }],
  ],
  [
    'what is finished does not change',
    [begin, end(0, 1), end(0, 2), report(0, 0, 5), { op_code: 8, trial_id: 0, user_attr: { a: 1 } }],
    [{ value: 1, intermediate: [], attributes: {} }],
  ],
  [
    'a waiting trial is taken once',
    [wait, take(0), { ...take(0), datetime_start: ENDED } as Operation],
    [{ state: 'running', startedAt: Date.parse(BEGAN) }],
  ],
  [
    'a parameter of another kind than the study had is ignored',
    [begin, param(0, float), begin, param(1, int)],
    [{ params: { x: 1 } }, { params: {} }],
  ],
  [
    'a step that is reported again has the last report',
    [begin, report(0, 3, 1), report(0, 1, 2), report(0, 3, 9)],
    [
      {
        intermediate: [
          { step: 1, value: 2 },
          { step: 3, value: 9 },
        ],
      },
    ],
  ],
  ['what is of no trial is ignored', [take(4), end(4, 1), param(4, float), report(4, 0, 1), begin], [{ number: 0, state: 'running' }]],
  ['discarding is of another program', [begin, { op_code: 10 }], [{ state: 'running' }]],
];

const recordsOf = (operations: readonly Operation[]): readonly JournalRecord[] =>
  [{ op_code: 0, study_name: 'a', directions: [1] } as Operation, ...operations].map((operation, i) => ({
    ...operation,
    worker_id: `process-${i}`,
  }));

function replayed(operations: readonly Operation[]) {
  const replay = new Replay();
  for (const record of recordsOf(operations)) replay.apply(record);
  return replay;
}

function only(record: object, names: readonly string[]) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

describe('Replay', () => {
  it.each(lives)('%s', (_, operations, expected) => {
    const records = replayed(operations)
      .trialsOf(0)
      .map(({ record }) => record);
    expect(records.map((record, i) => only(record, Object.keys(expected[i]!)))).toEqual(expected);
  });

  itWithOptuna('comes to what Optuna comes to (needs python3 with optuna)', () => {
    const paths = lives.map(([, operations]) => journalPath(recordsOf(operations).map(encodeRecord).join('')));
    const ours = lives.map(([, operations]) =>
      replayed(operations)
        .trialsOf(0)
        .map(({ record }) => record),
    );
    expect(readAllByOptuna(paths, 'a').map(({ trials }) => trials)).toEqual(ours);
  });

  it('knows who runs a trial: who began it, or took it', () => {
    const replay = replayed([begin, wait, take(1), end(0, 1)]);
    expect(replay.trialsOf(0).map(({ worker }) => worker)).toEqual(['process-1', 'process-3']);
  });

  it('forgets a study that is deleted, whose name is free again', () => {
    const replay = replayed([begin, { op_code: 1, study_id: 0 }, { op_code: 0, study_name: 'a', directions: [2] }]);
    expect(replay.study('a')).toMatchObject({ id: 1, directions: [2] });
    expect(replay.trialsOf(1)).toEqual([]);
    expect(replay.nextTrialId).toBe(1);
  });
});
