import type { MaskStep, Step } from './step.js';

/** Says what a value should be where it is not. */
export type Check = (value: unknown) => string | undefined;

const is =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value) =>
    holds(value) ? undefined : expected;

const number = (expected: string, holds: (value: number) => boolean) =>
  is(expected, (value) => typeof value === 'number' && Number.isFinite(value) && holds(value));

const whole = (least: number) => number(`a whole number, at least ${least}`, (value) => Number.isInteger(value) && value >= least);
const positive = number('a number above 0', (value) => value > 0);
const between = (low: number, high: number) => number(`a number from ${low} to ${high}`, (value) => value >= low && value <= high);
const anyNumber = number('a number', () => true);
const anyWhole = number('a whole number', Number.isInteger);

const oneOf = (...values: readonly string[]) => is(`one of ${values.join(', ')}`, (value) => values.includes(value as string));

const three = (each: Check): Check =>
  is(`three, each ${each(undefined)}`, (value) => Array.isArray(value) && value.length === 3 && value.every((item) => !each(item)));

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const box = is(
  '{ start, stop }, each three whole numbers',
  (value) =>
    typeof value === 'object' && value !== null && 'start' in value && 'stop' in value && !corner(value.start) && !corner(value.stop),
);

const corner = three(anyWhole);
const threshold = oneOf('nonzero', 'otsu', 'auto');
const interpolation = optional(oneOf('linear', 'nearest'));

type AnyStep = Step | MaskStep;
type FieldsOf<N extends AnyStep['step']> = Exclude<keyof Extract<AnyStep, { readonly step: N }>, 'step'>;

/** For every field of every step what it may hold. */
export const STEP_FIELDS: { readonly [N in AnyStep['step']]: { readonly [K in FieldsOf<N>]: Check } } = {
  toAxial: {},
  resampleAxial: { interpolation },
  resampleSlices: { spacingMm: positive },
  resampleSpacing: { spacingMm: three(positive), interpolation },
  cropToBrain: { threshold },
  cropToBox: { start: corner, stop: corner },
  cropToTumor: { margin: optional(whole(0)) },
  windowOfSlices: { before: whole(0), after: whole(0), center: optional(anyWhole), threshold: optional(threshold) },
  evenSlices: { count: whole(1) },
  resizeSlices: { rows: whole(1), columns: whole(1), interpolation },
  resizeVolume: { shape: three(whole(1)), box: optional(box), interpolation },
  minMax: {},
  minMaxPerSlice: {},
  zScore: { threshold },
  clipPercentiles: { lower: between(0, 100), upper: between(0, 100), threshold: optional(threshold) },
  windowLevel: { center: anyNumber, width: number('a number, at least 1', (value) => value >= 1) },
  clahe: {
    kernel: optional(three(whole(1))),
    clipLimit: optional(between(0, 1)),
    bins: optional(number('a whole number from 2 to 256', (value) => Number.isInteger(value) && value >= 2 && value <= 256)),
    range: optional(oneOf('unit', 'volume')),
  },
};

const share = between(0, 1);

/** The same of the rules by which slices are chosen. */
export const SLICE_RULE_FIELDS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  all: {},
  brain: { share },
  mask: {},
  bright: { deviations: anyNumber, share },
  tumor: {
    otherwise: is(
      '{ deviations, share }',
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        'deviations' in value &&
        'share' in value &&
        !anyNumber(value.deviations) &&
        !share(value.share),
    ),
  },
};
