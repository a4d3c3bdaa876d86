import {
  type ArrayCache,
  type Case,
  loadSample,
  MODALITIES,
  type Modality,
  prepareArrays,
  type PreparedCase,
  type PrepareOptions,
  type SetAside,
  type SliceOf,
} from '@mgmt/cohort';
import { type CasePipeline, paperInputs } from '@mgmt/preprocess';
import type { UnlabeledImages } from './twoViews.js';

/** One slice to pretrain on, with the patient it is of and the modality. */
export interface PretrainingSlice extends SliceOf<Case> {
  readonly modality: Modality;
}

/** The slices of a cohort: what they are is in memory, their pixels stay on disk until they are loaded. */
export interface PretrainingSlices extends UnlabeledImages {
  /** `[n]`, by case, modality and slice. */
  readonly slices: readonly PretrainingSlice[];
  /** How many slices of how many volumes were kept, and how many were dropped for an inconsiderable view of the brain. */
  readonly counts: { readonly volumes: number; readonly kept: number; readonly dropped: number };
  /** Series that could not be prepared, and why. */
  readonly setAside: readonly (SetAside & { readonly modality: Modality })[];
}

/** Options of {@link pretrainingSlices}. */
export interface PretrainingSlicesOptions extends PrepareOptions {
  /** All four by default, as the paper has it. */
  readonly modalities?: readonly Modality[];
  /** How a series becomes slices; by default the paper's: 128 x 128, those whose brain area is at least 0.7 of the volume's largest. */
  readonly pipelineOf?: (modality: Modality) => CasePipeline & { readonly layout: { readonly as: 'slices' } };
}

/**
 * The slices of a cohort for contrastive pretraining, each modality of each case by itself. Of BraTS 2020 (369 cases) the paper kept 80,720, 55 a volume.
 * Arrays are made in the cache where they are not there yet; a series that cannot be read is set aside.
 *
 * @param cases - of `readBrats2020`, of the phantom, or of any cohort; labels are not looked at
 * @throws as `prepareArrays`
 * @example
 * const { cases } = await readBrats2020('data/MICCAI_BraTS2020_TrainingData');
 * const slices = await pretrainingSlices(openArrayCache('.cache/arrays'), cases);
 * slices.counts; // { volumes: 1476, kept: …, dropped: … }
 */
export async function pretrainingSlices(
  cache: ArrayCache,
  cases: readonly Case[],
  { modalities = MODALITIES, pipelineOf = paperPipeline, ...options }: PretrainingSlicesOptions = {},
): Promise<PretrainingSlices> {
  const volumes: (PreparedCase<Case> & { readonly modality: Modality })[] = [];
  const setAside: (SetAside & { readonly modality: Modality })[] = [];
  for (const modality of modalities) {
    const prepared = await prepareArrays(cache, cases, pipelineOf(modality), options);
    volumes.push(...prepared.ready.map((ready) => ({ ...ready, modality })));
    setAside.push(...prepared.setAside.map((aside) => ({ ...aside, modality })));
  }
  const order = new Map(cases.map(({ id }, i) => [id, i]));
  volumes.sort((a, b) => order.get(a.case.id)! - order.get(b.case.id)!); // stable: modalities keep their order
  const places = volumes.flatMap((volume) => volume.samples!.map(({ slice }, sample) => ({ volume, sample, slice })));
  return {
    slices: places.map(({ volume, slice }) => ({ patient: volume.case, modality: volume.modality, index: slice })),
    ids: places.map(({ volume, slice }) => `${volume.case.id}/${volume.modality}/${slice}`),
    shape: volumes[0]?.arrays[0]!.shape.slice(1) ?? [],
    load: (index) => loadSample(places[index]!.volume, places[index]!.sample),
    counts: {
      volumes: volumes.length,
      kept: places.length,
      dropped: volumes.reduce((sum, { dropped }) => sum + (dropped?.slices ?? 0), 0),
    },
    setAside,
  };
}

const PAPER = {
  FLAIR: paperInputs['simclr-pretraining-flair'],
  T1w: paperInputs['simclr-pretraining-t1w'],
  T1wCE: paperInputs['simclr-pretraining-t1wce'],
  T2w: paperInputs['simclr-pretraining-t2w'],
} as const;

const paperPipeline = (modality: Modality) => PAPER[modality];
