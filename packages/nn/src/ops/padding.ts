import { MgmtError } from '@mgmt/core';

/** Padding of each spatial axis: one number for all, or for each axis a number for both its sides or `[before, after]`. */
export type Padding = number | readonly (number | readonly [number, number])[];

/** How a window moves over the spatial axes of its input. */
export interface WindowGeometry {
  /** Extents of the input's spatial axes. */
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: Padding;
}

/** The same window as a backend takes it: pad by `before`, then run with `spelled`. */
export interface SpelledWindow {
  readonly spelled: 'same' | 'valid';
  /** To be added first, `[before, after]` an axis; all zero where `spelled` says everything. */
  readonly pads: readonly (readonly [number, number])[];
  readonly needsPad: boolean;
  /** Extents of the output's spatial axes. */
  readonly output: readonly number[];
}

/**
 * Numeric padding in the words that backends are fast with. TensorFlow's explicit padding loses oneDNN on the CPU (twice the time), so it is
 * spelled `same` where that means the same numbers (stride 1, mostly), else the input is padded first and the window runs `valid`. Padding
 * behind the last window that fits is left out.
 *
 * @throws `MgmtError` `nn/window-too-large` where no window fits an axis
 */
export function spellPadding({ input, kernel, stride, padding }: WindowGeometry): SpelledWindow {
  const axes = input.map((n, axis) => spellAxis(n, kernel[axis]!, stride[axis]!, padsOf(padding, axis)));
  const output = axes.map((a) => a.output);
  const tooLarge = output.findIndex((n) => n < 1);
  if (tooLarge >= 0) {
    throw new MgmtError('the window is larger than the padded input', {
      code: 'nn/window-too-large',
      where: `spatial axis ${tooLarge}`,
      expected: `at least ${kernel[tooLarge]} elements with padding ${JSON.stringify(padding)}`,
      found: `${input[tooLarge]} (input ${input.join(' x ')})`,
      hint: 'give the network a larger input',
    });
  }
  const none = axes.map(() => [0, 0] as const);
  if (axes.every((a) => a.before === 0 && a.after === 0)) return { spelled: 'valid', pads: none, needsPad: false, output };
  if (axes.every((a) => a.isSame)) return { spelled: 'same', pads: none, needsPad: false, output };
  return { spelled: 'valid', pads: axes.map((a) => [a.before, a.after] as const), needsPad: true, output };
}

/** A number for each of `rank` axes. */
export function perAxis(value: number | readonly number[], rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => (typeof value === 'number' ? value : value[axis]!));
}

/** The padding of one axis, `[before, after]`. */
export function padsOf(padding: Padding, axis: number): readonly [number, number] {
  const value = typeof padding === 'number' ? padding : padding[axis]!;
  return typeof value === 'number' ? [value, value] : value;
}

function spellAxis(n: number, kernel: number, stride: number, [before, given]: readonly [number, number]) {
  const output = Math.floor((n + before + given - kernel) / stride) + 1;
  const after = Math.max(0, (output - 1) * stride + kernel - n - before); // what the last window reaches
  const sameOutput = Math.ceil(n / stride);
  const sameTotal = (sameOutput - 1) * stride + kernel - n; // below zero tfjs takes it for a padding in three dimensions
  const sameBefore = Math.floor(sameTotal / 2);
  return {
    output,
    before,
    after,
    isSame: sameTotal >= 0 && output === sameOutput && before === sameBefore && after === sameTotal - sameBefore,
  };
}
