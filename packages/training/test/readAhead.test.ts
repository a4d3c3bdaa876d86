import fc from 'fast-check';
import { readAhead } from '../src/readAhead.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const all = async <T>(items: AsyncIterable<T>) => {
  const taken: T[] = [];
  for await (const item of items) taken.push(item);
  return taken;
};

describe('readAhead', () => {
  it('gives every item once and in order, however long each takes, and has no more than its bound under way', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 })), fc.integer({ min: 0, max: 4 }), async (turns, ahead) => {
        let [underWay, most] = [0, 0];
        const read = async (index: number) => {
          most = Math.max(most, ++underWay);
          for (let i = 0; i < turns[index]!; i++) await turn();
          underWay--;
          return index;
        };
        const indices = turns.map((_, i) => i);
        expect(await all(readAhead(indices, ahead, read))).toEqual(indices);
        expect(most).toBeLessThanOrEqual(ahead + 1);
      }),
      { numRuns: 30 },
    ));

  it('reads so many beyond the one that was taken', async () => {
    const begun: number[] = [];
    const values = readAhead([0, 1, 2, 3, 4, 5], 2, async (i) => void begun.push(i));
    await values.next();
    expect(begun).toEqual([0, 1, 2]);
    await values.next();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('fails when the item is due, not before', async () => {
    const values = readAhead([0, 1, 2], 2, (i) => (i === 1 ? Promise.reject(new Error('torn')) : Promise.resolve(i)));
    await expect(values.next()).resolves.toMatchObject({ value: 0 });
    await turn();
    await expect(values.next()).rejects.toThrow('torn');
  });

  it('begins nothing more when the loop is left', async () => {
    const begun: number[] = [];
    for await (const _ of readAhead([0, 1, 2, 3], 1, async (i) => void begun.push(i))) break;
    await turn();
    expect(begun).toEqual([0, 1]);
  });
});
