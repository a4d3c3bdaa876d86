import { untilAborted } from '../src/untilAborted.js';

const never = new Promise<never>(() => undefined);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('untilAborted', () => {
  it('hands on everything where no signal comes', async () => {
    const taken: number[] = [];
    for await (const item of untilAborted(numbers(3), new AbortController().signal, fail)) taken.push(item);
    expect(taken).toEqual([0, 1, 2]);
  });

  it('ends although the next item never comes', async () => {
    const controller = new AbortController();
    const waiting = untilAborted({ [Symbol.asyncIterator]: () => ({ next: () => never }) }, controller.signal, fail).next();
    await turn();
    controller.abort();
    await expect(waiting).resolves.toEqual({ done: true, value: undefined });
  });

  it('discards an item that comes too late', async () => {
    const controller = new AbortController();
    let deliver: (item: string) => void = fail;
    const late = new Promise<string>((resolve) => (deliver = resolve));
    const source = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: await late }) }) };
    const discarded: string[] = [];
    const waiting = untilAborted(source, controller.signal, (item) => void discarded.push(item)).next();
    controller.abort();
    await waiting;
    deliver('tensors');
    await turn();
    expect(discarded).toEqual(['tensors']);
  });

  it('lets the source end what it began, when the loop is left and when the signal comes', async () => {
    for (const leave of [(_: AbortController) => true, (controller: AbortController) => (controller.abort(), false)]) {
      const controller = new AbortController();
      let ended = false;
      for await (const _ of untilAborted(
        numbers(3, () => (ended = true)),
        controller.signal,
        fail,
      ))
        if (leave(controller)) break;
      expect(ended).toBe(true);
    }
  });

  it('hands on what the source throws', async () => {
    const broken = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('torn')) }) };
    await expect(untilAborted(broken, new AbortController().signal, fail).next()).rejects.toThrow('torn');
  });
});

async function* numbers(count: number, onEnd: () => void = () => undefined): AsyncGenerator<number> {
  try {
    for (let i = 0; i < count; i++) yield i;
  } finally {
    await turn();
    onEnd();
  }
}

function fail(): never {
  throw new Error('nothing is to be discarded');
}
