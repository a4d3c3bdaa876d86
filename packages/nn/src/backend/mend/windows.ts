/** A padding as tfjs writes it: by name, a number for all sides, or `[[0, 0], [top, bottom], [left, right], [0, 0]]`. */
export type Pad = 'same' | 'valid' | number | readonly (readonly [number, number])[];

/** Where windows lie over the spatial axes: padding in numbers, and how many windows there are. */
export interface Windows {
  readonly pads: readonly (readonly [number, number])[];
  readonly output: readonly number[];
}

/** Padding in numbers. In three dimensions tfjs's own becomes negative where `same` meets a stride larger than its window. */
export function windowsOver(input: readonly number[], window: readonly number[], stride: readonly number[], pad: Pad): Windows {
  const axes = input.map((n, axis) => {
    const [k, s] = [window[axis]!, stride[axis]!];
    if (pad === 'same') {
      const output = Math.ceil(n / s);
      const total = Math.max((output - 1) * s + k - n, 0);
      return { pads: [Math.floor(total / 2), total - Math.floor(total / 2)] as const, output };
    }
    const [before, after] = pad === 'valid' ? [0, 0] : typeof pad === 'number' ? [pad, pad] : pad[axis + 1]!;
    return { pads: [before, after] as const, output: Math.floor((n + before + after - k) / s) + 1 };
  });
  return { pads: axes.map(({ pads }) => pads), output: axes.map(({ output }) => output) };
}

/** A number for each of `rank` axes, of one that stands for all. */
export const perAxis = (value: number | readonly number[] | null | undefined, rank: number): readonly number[] =>
  typeof value === 'number' || !value ? Array.from({ length: rank }, () => value ?? 1) : value;
