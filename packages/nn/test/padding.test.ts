import fc from 'fast-check';
import { perAxis, spellPadding } from '../src/ops/padding.js';

const axis = fc.record({
  n: fc.integer({ min: 1, max: 12 }),
  kernel: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 3 }),
  before: fc.integer({ min: 0, max: 3 }),
  after: fc.integer({ min: 0, max: 3 }),
});

describe('spellPadding', () => {
  it('makes as many windows as PyTorch', () => {
    fc.assert(
      fc.property(axis, ({ n, kernel, stride, before, after }) => {
        const expected = Math.floor((n + before + after - kernel) / stride) + 1;
        fc.pre(expected >= 1);
        const window = spellPadding({ input: [n], kernel: [kernel], stride: [stride], padding: [[before, after]] });
        expect(window.output).toEqual([expected]);
      }),
    );
  });

  it('starts every window where the numbers say, whatever the spelling', () => {
    fc.assert(
      fc.property(axis, ({ n, kernel, stride, before, after }) => {
        fc.pre(n + before + after >= kernel);
        const window = spellPadding({ input: [n], kernel: [kernel], stride: [stride], padding: [[before, after]] });
        const [padBefore, padAfter] = window.spelled === 'same' ? tensorflowSame(n, kernel, stride) : window.pads[0]!;
        const count = Math.floor((n + padBefore + padAfter - kernel) / stride) + 1;
        expect({ first: -padBefore, count }).toEqual({ first: -before, count: window.output[0] });
      }),
    );
  });

  it('says same where stride is 1 and the padding keeps the size', () => {
    expect(spellPadding({ input: [8, 9], kernel: [3, 3], stride: [1, 1], padding: 1 }).spelled).toBe('same');
  });

  it('pads first where TensorFlow would pad on the other side: stride 2 over an even extent', () => {
    const window = spellPadding({ input: [8], kernel: [3], stride: [2], padding: 1 });
    expect(window).toMatchObject({ spelled: 'valid', needsPad: true, pads: [[1, 0]], output: [4] });
  });

  it('pads first where a stride is larger than its window, which tfjs pads by less than nothing in three dimensions', () => {
    const window = spellPadding({ input: [4, 6, 5], kernel: [1, 3, 3], stride: [2, 1, 1], padding: [0, 1, 1] });
    expect(window).toMatchObject({ spelled: 'valid', needsPad: true, output: [2, 6, 5] });
  });

  it('names the axis on which no window fits', () => {
    expect(() => spellPadding({ input: [8, 2], kernel: [3, 3], stride: [1, 1], padding: 0 })).toThrow(/nn\/window-too-large.*axis 1/);
  });
});

describe('perAxis', () => {
  it('repeats one number and keeps a list', () => {
    expect([perAxis(2, 3), perAxis([1, 2, 2], 3)]).toEqual([
      [2, 2, 2],
      [1, 2, 2],
    ]);
  });
});

/** TensorFlow's rule, from its documentation of tf.nn.convolution. */
function tensorflowSame(n: number, kernel: number, stride: number): [number, number] {
  const total = Math.max(n % stride === 0 ? kernel - stride : kernel - (n % stride), 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
