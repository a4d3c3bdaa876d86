import { rng } from '@mgmt/core';
import fc from 'fast-check';
import { type Patient, slicesOfSplit, splitSlicesLeakingPatients, stratifiedFolds, stratifiedSplit } from '../src/index.js';
import { casesOf } from './labeledCases.js';

const ids = (slices: readonly { readonly patient: { readonly id: string } }[]) => new Set(slices.map(({ patient }) => patient.id));

describe('slicesOfSplit', () => {
  it('keeps all slices of a patient on the side of the patient', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 20 }), fc.integer(), (zeros, ones, seed) => {
        const split = stratifiedSplit(casesOf(zeros, ones), { validationShare: 0.3, seed });
        const { train, validation } = slicesOfSplit(split, ({ id }) => [3, 4, Number(id)]);
        expect([...ids(train)].sort()).toEqual(split.train.map(({ id }) => id));
        expect([...ids(validation)].sort()).toEqual(split.validation.map(({ id }) => id));
        expect(validation.filter(({ patient }) => ids(train).has(patient.id))).toEqual([]);
        expect(train).toHaveLength(3 * split.train.length);
      }),
    );
  });
});

describe('splitSlicesLeakingPatients', () => {
  const slices = casesOf(20, 20).flatMap((patient) => Array.from({ length: 30 }, (_, index) => ({ patient, index })));

  it('tears patients apart, and counts them', () => {
    const { train, validation, leakingPatients } = splitSlicesLeakingPatients(slices, { validationShare: 0.2, seed: 0 });
    expect([train.length, validation.length]).toEqual([960, 240]);
    expect(leakingPatients).toBe([...ids(validation)].filter((id) => ids(train).has(id)).length);
    expect(leakingPatients).toBe(40); // 30 slices each: to have them all on one side has a chance below 1 in 800
  });

  it('puts every slice on one side, whatever their order', () => {
    const key = ({ patient, index }: (typeof slices)[number]) => `${patient.id} ${index}`;
    const split = splitSlicesLeakingPatients(slices, { validationShare: 0.2, seed: 1 });
    expect([...split.train, ...split.validation].map(key).sort()).toEqual(slices.map(key).sort());
    expect(splitSlicesLeakingPatients(rng(5).shuffle(slices), { validationShare: 0.2, seed: 1 })).toEqual(split);
  });

  it('refuses a share of everything', () => {
    expect(() => splitSlicesLeakingPatients(slices, { validationShare: 1, seed: 0 })).toThrow(/cohort\/bad-split/);
  });
});

describe('the functions that split patients', () => {
  it.each([
    ['a case of an external cohort', { external: true }, /the case 00000 is of an external cohort/],
    ['a slice that looks like a case', { patient: { id: '00000' } }, /these are slices\n {2}expected patients, whole/],
  ])('refuse %s also where types are not checked', (_name, mark, message) => {
    const cases = casesOf(4, 4).map((c) => ({ ...c, ...mark })) as unknown as Patient[];
    expect(() => stratifiedSplit(cases, { validationShare: 0.5, seed: 0 })).toThrow(message);
    expect(() => stratifiedFolds(cases, { folds: 2, seed: 0 })).toThrow(message);
  });
});
