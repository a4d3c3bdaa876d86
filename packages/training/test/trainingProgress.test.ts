import { type TrainingEvent, trainingProgress, type TrainingProgress } from '../src/index.js';

const step = (epoch: number, batch: number): TrainingEvent => ({
  kind: 'step',
  epoch,
  epochs: 3,
  batch,
  batchesPerEpoch: 10,
  step: 0,
  loss: 0.5,
  learningRate: 1,
});
const epochEnd: TrainingEvent = { kind: 'epoch', record: { epoch: 1, learningRate: 1, trainLoss: 1, seconds: 1 } };
const after = (...events: [TrainingEvent, number][]) =>
  events.reduce<TrainingProgress | undefined>((progress, [event, seconds]) => trainingProgress(progress, event, 1000 * seconds), undefined);

describe('trainingProgress', () => {
  it('knows nothing before the first step', () => expect(after([epochEnd, 0])).toBeUndefined());

  it('counts batches over all epochs, and does not guess from one', () =>
    expect(after([step(2, 3), 50])).toMatchObject({ done: 13, total: 30, epoch: 2, epochs: 3, loss: 0.5, secondsLeft: undefined }));

  it('tells the time left at the pace since the first batch that this process has done', () =>
    expect(after([step(2, 3), 50], [step(2, 4), 52], [step(2, 5), 54])).toMatchObject({ done: 15, secondsLeft: 30 }));

  it('counts the validation into the pace', () =>
    expect(after([step(1, 8), 0], [step(1, 10), 2], [epochEnd, 6])).toMatchObject({ done: 10, secondsLeft: 60 }));

  it('has none left at the end', () => expect(after([step(3, 9), 0], [step(3, 10), 1])).toMatchObject({ done: 30, secondsLeft: 0 }));
});
