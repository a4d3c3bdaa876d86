import { readFileSync } from 'node:fs';

/** Expected values of PyTorch; `origin` names version and command. */
export interface SimclrGolden {
  readonly origin: string;
  readonly ntXent: readonly {
    readonly name: string;
    readonly shape: readonly [number, number];
    readonly scale: number;
    readonly temperature: number;
    readonly loss: number;
    readonly gradient: readonly number[];
  }[];
  readonly alignment: readonly { readonly alpha: number; readonly value: number }[];
  readonly uniformity: readonly { readonly t: number; readonly value: number }[];
}

export const golden = JSON.parse(readFileSync(new URL('golden/simclr.json', import.meta.url), 'utf8')) as SimclrGolden;

/** `sin(scale j + shift)`, as the golden's program fills its tensors. */
export function sines([n, dim]: readonly [number, number], scale: number, shift = 0): Float32Array {
  return Float32Array.from({ length: n * dim }, (_, j) => Math.sin(scale * j + shift));
}
