import { casePipeline, pipeline, runPipeline, type Step } from '../src/index.js';
import type { FittedSteps } from '../src/stepFit.js';

/** True where two types are the same; the compiler checks this file, and a misfit that became a fit would not compile here. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(value: T = true as T): T => value;

type Axial = { readonly step: 'toAxial' };
type Window = { readonly step: 'windowOfSlices'; readonly before: 3; readonly after: 4 };
type WindowAt = Window & { readonly center: 7 };
type MinMax = { readonly step: 'minMax' };
type ZScore = { readonly step: 'zScore'; readonly threshold: 'auto' };
type Clahe = { readonly step: 'clahe' };
type ClaheOfVolume = { readonly step: 'clahe'; readonly range: 'volume' };

type Fits<T extends readonly (Step | { readonly step: 'cropToTumor' })[]> = Same<FittedSteps<T>, T>;
type Told<T extends readonly Step[], I extends number> = FittedSteps<T>[I];

describe('the types of a pipeline', () => {
  it('let steps follow that fit', () => {
    holds<Fits<readonly [Axial, Window, MinMax, Clahe]>>();
    holds<Fits<readonly [Axial, MinMax, Window, Clahe]>>(); // neither undoes the other
    holds<Fits<readonly [WindowAt]>>();
    holds<Fits<readonly [ClaheOfVolume, Clahe]>>();
    holds<Fits<readonly []>>();
    holds<Same<FittedSteps<readonly Step[]>, readonly Step[]>>(); // not known one by one: for the check at run time
    expect(holds()).toBe(true);
  });

  it('tell what a step lacks', () => {
    holds<Same<Told<readonly [Window], 0>, { readonly step: 'windowOfSlices takes axial slices: put toAxial before it' }>>();
    holds<Same<Told<readonly [MinMax, Window, Axial], 1>, { readonly step: 'windowOfSlices takes axial slices: put toAxial before it' }>>();
    holds<
      Same<
        Told<readonly [Axial, Clahe], 1>,
        { readonly step: "clahe takes voxels in [0, 1]: put minMax before it, or say range: 'volume'" }
      >
    >();
    holds<Same<Fits<readonly [MinMax, ZScore, Clahe]>, false>>(); // z-scores are not in [0, 1]
    holds<Same<Fits<readonly [Axial & { readonly upward: true }]>, false>>();
    expect(holds()).toBe(true);
  });

  it('are those of the values, and kept', () => {
    const steps = pipeline([{ step: 'toAxial' }, { step: 'windowOfSlices', before: 1, after: 1 }, { step: 'minMax' }, { step: 'clahe' }]);
    holds<Same<(typeof steps)[1]['before'], 1>>();
    holds<Parameters<typeof runPipeline>[0] extends readonly Step[] ? true : false>();
    const { steps: roi } = casePipeline({ inputs: [['FLAIR']], steps: [{ step: 'cropToTumor', margin: 2 }], layout: { as: 'volume' } });
    holds<Same<(typeof roi)[0]['margin'], 2>>();
    expect(steps.map(({ step }) => step)).toEqual(['toAxial', 'windowOfSlices', 'minMax', 'clahe']);
    expect(roi[0].margin).toBe(2);
  });

  it('are checked at run time where the compiler sees only a list', () => {
    const clahe: Step[] = [{ step: 'clahe' }];
    expect(() => pipeline(clahe)).toThrow(/preprocess\/bad-pipeline: the pipeline: step 1, clahe[^]*\[0, 1\]/);
    const window: Step[] = [{ step: 'minMax' }, { step: 'windowOfSlices', before: 1, after: 1 }];
    expect(() => pipeline(window)).toThrow(/step 2, windowOfSlices[^]*put toAxial before it/);
    expect(pipeline([...window.slice(0, 1)])).toEqual([{ step: 'minMax' }]);
  });
});
