/** `p = 0.42`, `p = 0.031`, `p < 0.001`, with spaces that no line breaks at. */
export function pText(p: number): string {
  if (p < 0.001) return 'p\u00a0<\u00a00.001';
  return `p\u00a0=\u00a0${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** `3 models`, `1 model`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Six digits are more than any figure shows, and a fifth of a table's bytes less. */
export const tidy = (value: number): number => Number(value.toPrecision(6));
