import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { groupedFolds } from '../src/index.js';
import { casesOf, classCounts } from './labeledCases.js';

/** Cases with a site each, and a number of folds that the sites allow. */
const inputs = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 8 }), fc.integer())
  .map(([zeros, ones, sites, seed]) => {
    const draw = rng(seed).child('sites');
    return { seed, cases: casesOf(zeros, ones).map((c, i) => ({ ...c, site: `s${i < sites ? i : draw.integer(0, sites - 1)}` })) };
  })
  .map((input) => ({ ...input, sites: new Set(input.cases.map(({ site }) => site)).size }))
  .filter(({ sites }) => sites >= 2)
  .chain((input) => fc.integer({ min: 2, max: input.sites }).map((folds) => ({ ...input, folds })));
const groupOf = ({ site }: { readonly site: string }) => site;

describe('groupedFolds', () => {
  it('tears no group, leaves no fold empty, validates on every case once', () => {
    fc.assert(
      fc.property(inputs, ({ cases, folds, seed }) => {
        const splits = groupedFolds(cases, { groupOf, folds, seed });
        expect(splits).toHaveLength(folds);
        expect(splits.flatMap(({ validation }) => validation.map(({ id }) => id)).sort()).toEqual(cases.map(({ id }) => id));
        for (const { train, validation } of splits) {
          expect(validation.length).toBeGreaterThan(0);
          expect([...train, ...validation].map(({ id }) => id).sort()).toEqual(cases.map(({ id }) => id));
          const trained = new Set(train.map(groupOf));
          expect(validation.filter((c) => trained.has(c.site))).toEqual([]);
        }
      }),
    );
  });

  it('depends on ids, labels, groups and seed alone', () => {
    fc.assert(
      fc.property(inputs, fc.integer(), ({ cases, folds, seed }, order) => {
        expect(groupedFolds(rng(order).shuffle(cases), { groupOf, folds, seed })).toEqual(groupedFolds(cases, { groupOf, folds, seed }));
      }),
    );
  });

  it('fills a fold that nothing draws a group to: sites of one class each', () => {
    const cases = [
      ...casesOf(4, 0).map((c) => ({ ...c, site: 'a' })),
      ...['b', 'c'].map((site) => ({ id: site, label: 1 as const, site })),
    ];
    const splits = groupedFolds(cases, { groupOf, folds: 3, seed: 0 });
    expect(splits.map(({ validation }) => validation.length).sort()).toEqual([1, 1, 4]);
  });

  it('keeps sizes and classes as even as the groups allow', () => {
    const cases = casesOf(60, 60).map((c, i) => ({ ...c, site: `s${i % 24}` }));
    for (const { validation } of groupedFolds(cases, { groupOf, folds: 4, seed: 0 })) {
      expect(validation).toHaveLength(30);
      for (const count of classCounts(validation)) expect(Math.abs(count - 15)).toBeLessThanOrEqual(3);
    }
  });

  it('leaves one group out at a time where there are as many folds', () => {
    const cases = casesOf(9, 9).map((c, i) => ({ ...c, site: `s${i % 3}` }));
    const sites = groupedFolds(cases, { groupOf, folds: 3, seed: 0 }).map(({ validation }) => [...new Set(validation.map(groupOf))]);
    expect(sites.flat().sort()).toEqual(['s0', 's1', 's2']);
  });

  it('differs between seeds', () => {
    const cases = casesOf(30, 30).map((c, i) => ({ ...c, site: `s${i % 12}` }));
    const firsts = [0, 1, 2].map((seed) =>
      groupedFolds(cases, { groupOf, folds: 3, seed })[0]!
        .validation.map(({ id }) => id)
        .join(),
    );
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });

  it.each([
    [
      'more folds than groups',
      () => groupedFolds(casesOf(3, 3), { groupOf: ({ id }) => (id < '00003' ? 'a' : 'b'), folds: 3, seed: 0 }),
      /expected 2 to 2 folds/,
    ],
    [
      'a case without group',
      () => groupedFolds(casesOf(3, 3), { groupOf: ({ id }) => (id === '00002' ? '' : id), folds: 2, seed: 0 }),
      /the case 00002 belongs to no group/,
    ],
  ])('refuses %s', (_name, fold, message) => {
    expect(fold).toThrow(message);
  });
});
