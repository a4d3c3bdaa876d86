import fc from 'fast-check';
import { byPatient } from '../src/index.js';

const patientOf = (id: string) => id.split('/')[0]!;

describe('byPatient', () => {
  it('gives each patient the mean of the probabilities of the slices, in the order of the first slices', () => {
    const scores = {
      ids: ['00003/7', '00001/1', '00003/9', '00001/2'],
      probabilities: Float32Array.of(0.25, 1, 0.75, 0.5),
      classes: 1,
      labels: Float32Array.of(1, 0, 1, 0),
    };
    expect(byPatient(scores, patientOf)).toEqual({
      ids: ['00003', '00001'],
      probabilities: Float32Array.of(0.5, 0.75),
      classes: 1,
      labels: Float32Array.of(1, 0),
    });
  });

  it('takes the mean of every class', () => {
    const scores = { ids: ['a/1', 'a/2'], probabilities: Float32Array.of(0.5, 0.25, 0.25, 0, 0.75, 0.25), classes: 3 };
    expect(byPatient(scores, patientOf)).toEqual({ ids: ['a'], probabilities: Float32Array.of(0.25, 0.5, 0.25), classes: 3 });
  });

  it('changes nothing where every patient has one slice', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }), (values) => {
        const scores = { ids: values.map((_, i) => `${i}`), probabilities: Float32Array.from(values), classes: 1 };
        expect(byPatient(scores, (id) => id)).toEqual(scores);
      }),
    );
  });

  it('refuses slices of one patient that have different labels', () => {
    const scores = { ids: ['a/1', 'a/2'], probabilities: new Float32Array(2), classes: 1, labels: Float32Array.of(0, 1) };
    expect(() => byPatient(scores, patientOf)).toThrow(/training\/patient-of-two-classes: a: .*\n {2}found 0 and 1/);
  });
});
