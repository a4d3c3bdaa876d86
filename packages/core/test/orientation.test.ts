import { type Affine, axisCodes, isAxial, orientationOf } from '../src/index.js';

/** The columns of an affine: where column, row and slice indices grow to, in LPS. */
const affine = (column: number[], row: number[], slice: number[]): Affine => [
  [column[0]!, row[0]!, slice[0]!, 0],
  [column[1]!, row[1]!, slice[1]!, 0],
  [column[2]!, row[2]!, slice[2]!, 0],
  [0, 0, 0, 1],
];

describe('axisCodes', () => {
  it.each([
    ['axial as radiologists view it', affine([1, 0, 0], [0, 1, 0], [0, 0, 3]), 'SPL', 'axial'],
    ['sagittal, head first', affine([0, 1, 0], [0, 0, -1], [-5, 0, 0]), 'RIP', 'sagittal'],
    ['coronal', affine([1, 0, 0], [0, 0, -1], [0, 2, 0]), 'PIL', 'coronal'],
    ['upside down', affine([1, 0, 0], [0, 1, 0], [0, 0, -3]), 'IPL', 'axial'],
  ])('names %s', (_name, matrix, codes, plane) => {
    expect(axisCodes(matrix).join('')).toBe(codes);
    expect(orientationOf(matrix)).toBe(plane);
    expect(isAxial(matrix)).toBe(codes === 'SPL');
  });

  it('gives each direction once where two axes lean the same way', () => {
    const c = Math.SQRT1_2;
    const codes = axisCodes(affine([c, c, 0], [-c, c, 0], [0, 0, 1]));
    expect(new Set(codes.map((code) => 'LR PA SI'.split(' ').findIndex((pair) => pair.includes(code)))).size).toBe(3);
  });
});
