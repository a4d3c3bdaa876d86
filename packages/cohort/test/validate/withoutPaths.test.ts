import { fileLabel, withoutPaths } from '../../src/validate/withoutPaths.js';

describe('withoutPaths', () => {
  it.each([
    ['cohort/no-label: /home/jane doe/rsna/train/00042: the case', 'cohort/no-label: train/00042: the case'],
    ['expected a folder /home/jane doe/rsna/train/00042\n  hint: x', 'expected a folder train/00042\n  hint: x'],
    ['where: /home/jane doe/labels/clinical.csv, line 3: or 1 / 2', 'where: clinical.csv, line 3: or 1 / 2'],
    ['where: C:\\Users\\jane doe\\clinical.csv, line 3', 'where: clinical.csv, line 3'],
    ['in "/home/jane/x.csv"', 'in "x.csv"'],
    ['cohort/excluded: excluded by its id', 'cohort/excluded: excluded by its id'],
  ])('makes of %j', (text, expected) => {
    expect(withoutPaths(text, '/home/jane doe/rsna')).toBe(expected);
  });
});

describe('fileLabel', () => {
  const all = ['/a/Doe.dcm', '/a/Image-7.dcm', '/a/IM_0001', '/a/12.ima'];
  it('gives a name that is a number, and the place of any other', () => {
    expect(all.map((path) => fileLabel(path, all))).toEqual(['file 1 by name', 'Image-7.dcm', 'IM_0001', '12.ima']);
  });
});
