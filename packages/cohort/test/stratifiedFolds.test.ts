import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { repeatedFolds, stratifiedFolds } from '../src/index.js';
import { casesOf, classCounts } from './labeledCases.js';

/** Class counts, folds that they allow, a seed, an order of the cases. */
const inputs = fc
  .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 40 }))
  .chain(([zeros, ones]) =>
    fc.tuple(fc.constant([zeros, ones] as const), fc.integer({ min: 2, max: Math.min(zeros, ones) }), fc.integer(), fc.integer()),
  );

const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('stratifiedFolds', () => {
  it('validates on every case once, trains on all the others', () => {
    fc.assert(
      fc.property(inputs, ([counts, folds, seed]) => {
        const cases = casesOf(...counts);
        const splits = stratifiedFolds(cases, { folds, seed });
        expect(splits).toHaveLength(folds);
        expect(splits.flatMap(({ validation }) => validation.map(({ id }) => id)).sort()).toEqual(cases.map(({ id }) => id));
        for (const { train, validation } of splits) {
          expect([...train, ...validation].map(({ id }) => id).sort()).toEqual(cases.map(({ id }) => id));
        }
      }),
    );
  });

  it('gives every fold the same size and mixture, to within one', () => {
    fc.assert(
      fc.property(inputs, ([counts, folds, seed]) => {
        const splits = stratifiedFolds(casesOf(...counts), { folds, seed });
        const held = splits.map(({ validation }) => classCounts(validation));
        expect(spread(held.map(([zeros]) => zeros!))).toBeLessThanOrEqual(1);
        expect(spread(held.map(([, ones]) => ones!))).toBeLessThanOrEqual(1);
        expect(spread(held.map(([zeros, ones]) => zeros! + ones!))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('depends on ids, labels and seed alone', () => {
    fc.assert(
      fc.property(inputs, ([counts, folds, seed, order]) => {
        const cases = casesOf(...counts);
        const shuffled = rng(order)
          .shuffle(cases)
          .map((c) => ({ ...c, series: { FLAIR: String(order) } }));
        const ids = (splits: ReturnType<typeof stratifiedFolds>) => splits.map(({ validation }) => validation.map(({ id }) => id));
        expect(ids(stratifiedFolds(shuffled, { folds, seed }))).toEqual(ids(stratifiedFolds(cases, { folds, seed })));
      }),
    );
  });

  it('differs between seeds', () => {
    const ids = (seed: number) => stratifiedFolds(casesOf(20, 20), { folds: 4, seed })[0]!.validation.map(({ id }) => id);
    expect(ids(0)).not.toEqual(ids(1));
  });

  it.each([
    ['one fold', 1],
    ['more folds than the smaller class has cases', 4],
    ['half a fold', 2.5],
  ])('refuses %s', (_name, folds) => {
    expect(() => stratifiedFolds(casesOf(3, 9), { folds, seed: 0 })).toThrow(/cohort\/bad-split: [^]*expected 2 to 3 folds/);
  });

  it('refuses a case without label, and one that comes twice', () => {
    expect(() => stratifiedFolds([...casesOf(3, 3), { id: '9', label: null }], { folds: 2, seed: 0 })).toThrow(/the case 9 has no label/);
    expect(() => stratifiedFolds([...casesOf(3, 3), ...casesOf(1, 0)], { folds: 2, seed: 0 })).toThrow(/the case 00000 comes twice/);
  });
});

describe('repeatedFolds', () => {
  const cases = casesOf(20, 20);
  const held = (divisions: ReturnType<typeof repeatedFolds>) =>
    divisions.map((splits) => splits.map(({ validation }) => validation.map(({ id }) => id).join()));

  it('divides anew each time', () => {
    const divisions = held(repeatedFolds(cases, { folds: 4, repeats: 10, seed: 0 }));
    expect(divisions).toHaveLength(10);
    expect(new Set(divisions.flat()).size).toBe(40);
  });

  it('begins alike however often it repeats', () => {
    expect(held(repeatedFolds(cases, { folds: 4, repeats: 5, seed: 3 })).slice(0, 2)).toEqual(
      held(repeatedFolds(cases, { folds: 4, repeats: 2, seed: 3 })),
    );
  });

  it('refuses to repeat nothing', () => {
    expect(() => repeatedFolds(cases, { folds: 4, repeats: 0, seed: 0 })).toThrow(/cohort\/bad-split: [^]*found 0/);
  });
});
