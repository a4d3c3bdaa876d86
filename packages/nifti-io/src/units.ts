/** Units of space by code, with their length in mm. A header that names none means mm, as every program takes it. NIfTI-1 standard, field `xyzt_units`. */
const SPACE = {
  0: { name: 'unknown', mm: 1 },
  1: { name: 'm', mm: 1000 },
  2: { name: 'mm', mm: 1 },
  3: { name: 'um', mm: 0.001 },
} as const;

/** Units of the fourth axis, with their length in seconds where it is one of time. */
const TIME = {
  0: { name: 'unknown', s: undefined },
  8: { name: 's', s: 1 },
  16: { name: 'ms', s: 1e-3 },
  24: { name: 'us', s: 1e-6 },
  32: { name: 'Hz', s: undefined },
  40: { name: 'ppm', s: undefined },
  48: { name: 'rad/s', s: undefined },
} as const;

type SpaceUnit = (typeof SPACE)[keyof typeof SPACE];
type TimeUnit = (typeof TIME)[keyof typeof TIME];

/** The unit of the first three axes and of the transforms; unknown for codes that the standard has not. */
export const spaceUnit = (xyztUnits: number): SpaceUnit =>
  Object.entries(SPACE).find(([code]) => Number(code) === (xyztUnits & 7))?.[1] ?? SPACE[0];

/** The unit of the fourth axis. */
export const timeUnit = (xyztUnits: number): TimeUnit =>
  Object.entries(TIME).find(([code]) => Number(code) === (xyztUnits & 56))?.[1] ?? TIME[0];
