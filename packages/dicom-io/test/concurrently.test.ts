import { setTimeout as wait } from 'node:timers/promises';
import { concurrently } from '../src/concurrently.js';

describe('concurrently', () => {
  it('keeps the order and the limit', async () => {
    let running = 0;
    let most = 0;
    const results = await concurrently([5, 1, 4, 2, 3], 2, async (ms, index) => {
      most = Math.max(most, ++running);
      await wait(ms);
      running--;
      return [ms, index];
    });
    expect(results).toEqual([[5, 0], [1, 1], [4, 2], [2, 3], [3, 4]]); // prettier-ignore
    expect(most).toBe(2);
  });

  it('ends, after a failure, when nothing is under way any more', async () => {
    const ended: number[] = [];
    const task = async (index: number) => {
      if (index === 1) throw new Error('the second');
      await wait(20);
      ended.push(index);
    };
    await expect(concurrently([0, 1, 2, 3, 4], 3, task)).rejects.toThrow('the second');
    expect(ended).toEqual([0, 2]);
  });
});
