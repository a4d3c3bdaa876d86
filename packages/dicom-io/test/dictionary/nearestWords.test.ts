import { nearestWords } from '../../src/dictionary/nearestWords.js';

describe('nearestWords', () => {
  it.each([
    ['a substitution', 'EchoTine', ['EchoTime']],
    ['an insertion', 'EchoTimme', ['EchoTime']],
    ['a deletion', 'EchTime', ['EchoTime']],
    ['a swap counts once: two and a deletion are three of nine', 'cEohTimes', ['EchoTime']],
    ['too far', 'EcXXXime', []],
  ])('counts %s', (_name, given, expected) => expect(nearestWords(given, ['EchoTime'])).toEqual(expected));

  it('gives the three nearest, nearest first', () => {
    expect(nearestWords('abcdefghijkl', ['abcdefghiXYZ', 'abcdefghijkX', 'abcdefghijXY', 'Xbcdefghijkl', 'abcdefghijkl'])).toEqual([
      'abcdefghijkl',
      'abcdefghijkX',
      'Xbcdefghijkl',
    ]);
  });

  it('ends soon on a text of any length', () => expect(nearestWords('a'.repeat(1_000_000), ['EchoTime'])).toEqual([]));
});
