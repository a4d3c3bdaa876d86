import type { SliceRule } from './chooseSlices.js';
import { checkCasePipeline } from './checkCasePipeline.js';
import { hashOfStored } from './pipeline.js';
import type { MaskStep, Step } from './step.js';
import type { FittedSteps } from './stepFit.js';

/** From the series of one case to what a network takes, as plain data; `prepareInput` runs it. */
export interface CasePipeline {
  /** For each input of the network the modalities that are its channels: `[['FLAIR']]`, `[['FLAIR', 'T1wCE']]`, or two branches `[['FLAIR'], ['T1wCE']]`. */
  readonly inputs: readonly (readonly string[])[];
  /**
   * The modality on whose axial grid all others are resampled, and whose brain, center and slices decide for all. Without it every modality stays on its own
   * grid and is prepared by itself.
   */
  readonly onto?: string;
  /** Run on every modality. */
  readonly steps: readonly (Step | MaskStep)[];
  readonly layout: Layout;
}

/**
 * What becomes of the volumes in the end.
 *
 * - `volume`: one array an input, `[slices, rows, columns, modalities]`.
 * - `slices-as-channels`: one image an input, `[rows, columns, modalities x slices]`.
 * - `slices`: every slice that a rule keeps is a sample: one image an input, `[rows, columns, modalities]`.
 */
export type Layout =
  { readonly as: 'volume' } | { readonly as: 'slices-as-channels' } | { readonly as: 'slices'; readonly keep: SliceRule };

/**
 * A case pipeline whose steps fit one another, checked by the compiler as those of `pipeline` are.
 *
 * @returns what was given
 * @throws `MgmtError` `preprocess/bad-pipeline`
 * @example
 * const twoBranches = casePipeline({
 *   inputs: [['FLAIR'], ['T1wCE']],
 *   onto: 'FLAIR',
 *   steps: [{ step: 'toAxial' }, { step: 'cropToBrain', threshold: 'auto' }, { step: 'resizeSlices', rows: 128, columns: 128 }],
 *   layout: { as: 'slices', keep: { by: 'mask' } },
 * });
 */
export function casePipeline<const P extends CasePipeline>(pipeline: P & { readonly steps: FittedSteps<P['steps']> }): P {
  checkCasePipeline(pipeline, 'the pipeline');
  return pipeline;
}

/** As `pipelineHash`, of a case's pipeline. */
export function casePipelineHash({ inputs, onto, steps, layout }: CasePipeline): string {
  return hashOfStored({ inputs, onto, steps, layout });
}
