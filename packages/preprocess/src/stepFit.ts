import type { MaskStep, Step } from './step.js';

/** What is known of a volume at a place in a pipeline. */
export interface Facts {
  /** Slices are axial and grow upward. */
  readonly axial: boolean;
  /** Voxels lie in `[0, 1]`. */
  readonly unit: boolean;
}

interface Fit {
  /** What must hold before the step. */
  readonly needs: Partial<Record<keyof Facts, true>>;
  /** What holds after it; the rest stays as it was. */
  readonly gives: Partial<Facts>;
}

/** What each step needs and gives: the compiler reads it in the types below, and the reader of a stored pipeline at run time. */
export const FITS = {
  toAxial: { needs: {}, gives: { axial: true } },
  resampleAxial: { needs: {}, gives: { axial: true } },
  resampleSlices: { needs: {}, gives: {} },
  resampleSpacing: { needs: {}, gives: {} },
  cropToBrain: { needs: {}, gives: {} },
  cropToBox: { needs: {}, gives: {} },
  cropToTumor: { needs: {}, gives: {} },
  windowOfSlices: { needs: { axial: true }, gives: {} }, // the paper's central slice is an axial one
  'windowOfSlices at a center': { needs: {}, gives: {} },
  evenSlices: { needs: {}, gives: {} },
  resizeSlices: { needs: {}, gives: {} },
  resizeVolume: { needs: {}, gives: {} },
  minMax: { needs: {}, gives: { unit: true } },
  minMaxPerSlice: { needs: {}, gives: { unit: true } },
  zScore: { needs: {}, gives: { unit: false } },
  clipPercentiles: { needs: {}, gives: {} },
  windowLevel: { needs: {}, gives: { unit: true } },
  clahe: { needs: { unit: true }, gives: {} },
  'clahe of any range': { needs: {}, gives: { unit: true } },
} as const satisfies Record<(Step | MaskStep)['step'] | 'windowOfSlices at a center' | 'clahe of any range', Fit>;

/** How a step that lacks something is told, by what it lacks. */
export const LACKS = {
  axial: 'takes axial slices: put toAxial before it',
  unit: "takes voxels in [0, 1]: put minMax before it, or say range: 'volume'",
} as const satisfies Record<keyof Facts, string>;

/** The entry of {@link FITS} that a step falls under. */
export function fitOf(step: Step | MaskStep): Fit | undefined {
  if (step.step === 'windowOfSlices' && step.center !== undefined) return FITS['windowOfSlices at a center'];
  if (step.step === 'clahe' && step.range === 'volume') return FITS['clahe of any range'];
  return Object.hasOwn(FITS, step.step) ? FITS[step.step] : undefined;
}

type AnyStep = Step | MaskStep;
type Named<N> = Extract<AnyStep, { readonly step: N }>;

type FitOf<S extends AnyStep> = S extends { readonly step: 'windowOfSlices'; readonly center: number }
  ? (typeof FITS)['windowOfSlices at a center']
  : S extends { readonly step: 'clahe'; readonly range: 'volume' }
    ? (typeof FITS)['clahe of any range']
    : (typeof FITS)[S['step']];

type Lacking<S extends AnyStep, F extends Facts> = {
  [K in keyof Facts]: FitOf<S>['needs'] extends Record<K, true> ? (F[K] extends true ? never : K) : never;
}[keyof Facts];

type After<S extends AnyStep, F extends Facts> = {
  [K in keyof Facts]: FitOf<S>['gives'] extends Record<K, infer V extends boolean> ? V : F[K];
};

/** A step as it must be to stand where it does; a sentence instead of its name where it may not. */
type Fitted<S extends AnyStep, F extends Facts> = [Lacking<S, F>] extends [never]
  ? [Exclude<keyof S, keyof Named<S['step']>>] extends [never]
    ? S
    : { readonly [K in Exclude<keyof S, keyof Named<S['step']>>]: `${S['step']} has no such field` }
  : { readonly step: `${S['step']} ${(typeof LACKS)[Lacking<S, F>]}` };

/** The steps of a pipeline, each as it must be after those before it. Of steps that are not known one by one to the compiler nothing is asked here. */
export type FittedSteps<T extends readonly AnyStep[], F extends Facts = { axial: false; unit: false }> = T extends readonly [
  infer S extends AnyStep,
  ...infer Rest extends readonly AnyStep[],
]
  ? readonly [Fitted<S, F>, ...FittedSteps<Rest, After<S, F>>]
  : T;
