import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { stratifiedSplit } from '../src/index.js';
import { casesOf, classCounts } from './labeledCases.js';

const published = casesOf(278, 307);

describe('stratifiedSplit', () => {
  it('gives the paper’s Table 2 from the published counts', () => {
    const { train, validation } = stratifiedSplit(published, { validationCounts: { 0: 56, 1: 61 }, seed: 0 });
    expect(classCounts(train)).toEqual([222, 246]);
    expect(classCounts(validation)).toEqual([56, 61]);
  });

  it.each([
    ['the published 585: Table 2 again', 278, 307, 0.2, [222, 246], [56, 61]],
    ['582: 465 and 117', 276, 306, 0.2, [221, 244], [55, 62]],
    ['100, of which 0.07 is 7 and not 7.000000000000001', 40, 60, 0.07, [37, 56], [3, 4]],
    ['ten', 4, 6, 0.25, [3, 4], [1, 2]],
  ])('divides a share of %s', (_name, zeros, ones, validationShare, left, held) => {
    const { train, validation } = stratifiedSplit(casesOf(zeros, ones), { validationShare, seed: 3 });
    expect([classCounts(train), classCounts(validation)]).toEqual([left, held]);
  });

  it('puts every patient in exactly one set, both by id, whatever the order of the cases', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer(),
        fc.integer(),
        ([a, b], validationShare, seed, order) => {
          const cases = casesOf(a, b);
          const split = stratifiedSplit(cases, { validationShare, seed });
          expect([...split.train, ...split.validation].map(({ id }) => id).sort()).toEqual(cases.map(({ id }) => id));
          for (const set of [split.train, split.validation]) expect(set.map(({ id }) => id)).toEqual(set.map(({ id }) => id).sort());
          expect(stratifiedSplit(rng(order).shuffle(cases), { validationShare, seed })).toEqual(split);
        },
      ),
    );
  });

  it('differs between seeds, and holds each case out about as often as the others', () => {
    const cases = casesOf(10, 10);
    const times = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      for (const { id } of stratifiedSplit(cases, { validationShare: 0.2, seed }).validation) times.set(id, (times.get(id) ?? 0) + 1);
    }
    // 400 draws of probability 0.2: 80 expected, deviation 8; five of them either way
    for (const { id } of cases) expect(Math.abs((times.get(id) ?? 0) - 80)).toBeLessThan(40);
  });

  it.each([
    [
      'a case without label',
      () => stratifiedSplit([{ id: '00001', label: null }], { validationShare: 0.2, seed: 0 }),
      /the case 00001 has no label/,
    ],
    [
      'a patient that comes twice',
      () => stratifiedSplit([...casesOf(3, 3), ...casesOf(1, 0)], { validationShare: 0.2, seed: 0 }),
      /the case 00000 comes twice/,
    ],
    [
      'more cases than there are',
      () => stratifiedSplit(casesOf(3, 9), { validationCounts: { 0: 4, 1: 4 }, seed: 0 }),
      /at most 3 of class 0 and 9 of class 1, found 4 and 4/,
    ],
    ['a share of everything', () => stratifiedSplit(casesOf(3, 9), { validationShare: 1, seed: 0 }), /a number between 0 and 1, found 1/],
  ])('refuses %s', (_name, split, message) => {
    expect(split).toThrow(message);
  });
});
