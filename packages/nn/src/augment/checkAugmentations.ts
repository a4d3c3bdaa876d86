import { MgmtError } from '@mgmt/core';
import type { Augmentation } from './augmentation.js';
import { AXES } from './imageBatch.js';

/**
 * Augmentations from outside: every one known, every field in range, none more.
 *
 * @param where - what is checked, for errors
 * @throws `MgmtError` `nn/unknown-augmentation`; `nn/bad-augmentation` naming the step and the field
 */
export function checkAugmentations(steps: unknown, where: string): asserts steps is readonly Augmentation[] {
  if (!Array.isArray(steps)) throw badAugmentation(`${where}: steps`, 'a list of steps', steps);
  steps.forEach((step: unknown, i) => {
    const place = `${where}: step ${i + 1}`;
    const name = isRecord(step) ? step.step : undefined;
    if (!isRecord(step) || typeof name !== 'string' || !Object.hasOwn(FIELDS, name)) throw unknownAugmentation(place, step);
    const checks: Readonly<Record<string, Check>> = FIELDS[name as Augmentation['step']];
    for (const [field, check] of Object.entries(checks)) {
      if (!check.holds(step[field])) throw badAugmentation(`${place}, ${name}: ${field}`, check.expected, step[field]);
    }
    const extra = Object.keys(step).find((field) => field !== 'step' && !Object.hasOwn(checks, field));
    if (extra !== undefined)
      throw badAugmentation(`${place}, ${name}: ${extra}`, `no such field, only ${Object.keys(checks).join(', ')}`, step[extra]);
  });
}

/** The error for an augmentation that cannot be run as it is. */
export function badAugmentation(where: string, expected: string, found: unknown): MgmtError {
  return new MgmtError('the augmentation cannot be run', {
    code: 'nn/bad-augmentation',
    where,
    expected,
    found: found === undefined ? 'nothing' : JSON.stringify(found),
  });
}

/** True for an object of JSON. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a field may hold. */
interface Check {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const isNumber = (value: unknown, low: number, high: number) =>
  typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high;

const isRange = (value: unknown, low: number, high: number) =>
  Array.isArray(value) && value.length === 2 && value.every((end) => isNumber(end, low, high)) && value[0] <= value[1];

const oneOf = (...values: readonly string[]): Check => ({
  expected: `one of ${values.join(', ')}`,
  holds: (value) => values.includes(value as string),
});

const range = (low = -Infinity, high = Infinity): Check => ({
  expected: `[low, high] ${within(low, high)}`,
  holds: (value) => isRange(value, low, high),
});

const ranges = (low = -Infinity, high = Infinity): Check => ({
  expected: `{ depth, height, width }, each [low, high] ${within(low, high)}`,
  holds: (value) => isRecord(value) && Object.keys(value).length === 3 && AXES.every((axis) => isRange(value[axis], low, high)),
});

const within = (low: number, high: number) =>
  [
    'of numbers',
    ...(low > -Infinity ? [`from ${low === ABOVE_0 ? 'above 0' : low}`] : []),
    ...(high < Infinity ? [`up to ${high}`] : []),
  ].join(' ');

const ABOVE_0 = Number.MIN_VALUE;
const ABOVE_MINUS_1 = -0.99; // a factor of nearly 0
const probability: Check = { expected: 'a number from 0 to 1', holds: (value) => isNumber(value, 0, 1) };

type FieldsOf<N extends Augmentation['step']> = Exclude<keyof Extract<Augmentation, { readonly step: N }>, 'step'>;

const FIELDS: { readonly [N in Augmentation['step']]: { readonly [K in FieldsOf<N>]: Check } } = {
  flip: { probability, axis: oneOf(...AXES) },
  affine: {
    probability,
    rotationDegrees: ranges(),
    translation: ranges(),
    scale: ranges(ABOVE_MINUS_1),
    shear: range(),
    padding: oneOf('reflection', 'zeros', 'border'),
  },
  gibbsNoise: { probability, alpha: range(0, 1) },
  gaussianSmooth: { probability, sigma: range(0) },
  resizedCrop: { probability, share: range(ABOVE_0, 1), ratio: range(ABOVE_0) },
  intensity: { probability, gamma: range(ABOVE_0), contrast: range(), scale: range(), shift: range() },
};

function unknownAugmentation(where: string, step: unknown): MgmtError {
  return new MgmtError('there is an augmentation that is not known', {
    code: 'nn/unknown-augmentation',
    where,
    expected: `step: one of ${Object.keys(FIELDS).join(', ')}`,
    found: JSON.stringify(step) ?? 'nothing',
    hint: 'it was written by another version of this package',
  });
}
