import { overfits } from '../../src/index.js';

const epochs = (train: readonly number[], validation: readonly number[]) =>
  train.map((trainLoss, i) => ({ trainLoss, validationLoss: validation[i]! }));

describe('overfits', () => {
  it('sees the validation loss rise while the training loss falls', () => {
    const found = overfits(epochs([0.7, 0.6, 0.5, 0.3, 0.1], [0.69, 0.68, 0.7, 0.9, 1.2]), { window: 1 });
    expect(found).toEqual({
      verdict: 'overfits',
      gap: expect.closeTo(1.1, 12) as number,
      rise: expect.closeTo(0.52, 12) as number,
      bestEpoch: 2,
    });
  });

  it.each<[string, number[], number[]]>([
    ['that both losses fall', [0.7, 0.5, 0.3, 0.2, 0.1], [0.72, 0.6, 0.5, 0.45, 0.4]],
    ['that both losses stay at chance', [0.7, 0.69, 0.7, 0.69, 0.7], [0.7, 0.71, 0.69, 0.7, 0.7]],
    ['that both losses rise, as from a learning rate too high', [0.6, 0.7, 0.8, 0.9, 1], [0.6, 0.7, 0.8, 0.9, 1]],
  ])('does not take for it %s', (_, train, validation) => {
    expect(overfits(epochs(train, validation)).verdict).toBe('does not overfit');
  });

  it('asks for both, gap and rise, each an option', () => {
    const history = epochs([0.6, 0.5, 0.4], [0.6, 0.65, 0.7]);
    expect(overfits(history, { window: 1 }).verdict).toBe('overfits');
    expect(overfits(history, { window: 1, gap: 0.4 }).verdict).toBe('does not overfit');
    expect(overfits(history, { window: 1, rise: 0.2 }).verdict).toBe('does not overfit');
  });

  it('is not misled by one lucky epoch when it averages over three', () => {
    const history = epochs([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [0.7, 0.7, 0.64, 0.7, 0.7, 0.7]);
    expect(overfits(history, { window: 1 }).verdict).toBe('overfits');
    expect(overfits(history, { rise: 0.03 }).verdict).toBe('does not overfit');
  });

  it('has nothing to tell from one epoch', () => {
    expect(overfits(epochs([0.2], [0.9]))).toEqual({
      verdict: 'does not overfit',
      gap: expect.closeTo(0.7, 12) as number,
      rise: 0,
      bestEpoch: 1,
    });
  });

  it.each([
    [/evaluation\/empty/, [], {}],
    [/evaluation\/not-finite: validationLoss .* epoch 1/, [{ trainLoss: 0.7 }], {}],
    [/evaluation\/not-finite: validationLoss .* epoch 1/, [{ trainLoss: 0.7, validationLoss: null }], {}],
    [/evaluation\/not-finite: trainLoss .* epoch 2/, epochs([0.7, Infinity], [0.7, 0.7]), {}],
    [/bad-option: the option gap/, epochs([0.7], [0.7]), { gap: NaN }],
    [/bad-option: the option rise/, epochs([0.7], [0.7]), { rise: -1 }],
    [/bad-option: the option window/, epochs([0.7], [0.7]), { window: 1.5 }],
  ])('refuses %s', (says, history, options) => {
    expect(() => overfits(history, options)).toThrow(says);
  });
});
