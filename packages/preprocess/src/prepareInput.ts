import { affineTimesPoint, MgmtError, type Vector3, type Volume } from '@mgmt/core';
import { type Aligned, alignOnto } from './alignOnto.js';
import type { CasePipeline } from './casePipeline.js';
import { type ChosenSlices, chooseSlices, type SliceRule } from './chooseSlices.js';
import { checkMaskFits } from './maskOnto.js';
import { toAxial } from './reorient.js';
import { resampleOnto } from './resampleOnto.js';
import { type InputArray, sliceAsImage, slicesAsChannels, stackChannels } from './stack.js';
import { runOnStack, type Stack } from './step.js';

/** What is there of one case. */
export interface CaseVolumes {
  /** By modality. */
  readonly volumes: Readonly<Record<string, Volume | undefined>>;
  /** The tumor, labels above 0, on whatever grid. */
  readonly mask?: Volume;
  /** The series' frame of reference, DICOM (0020,0052), by modality. Series without one are taken to share theirs. */
  readonly frames?: Readonly<Record<string, string | undefined>>;
}

/** How the modalities that were laid over another one were matched to it. */
export type AlignedBy = Readonly<Record<string, Aligned['by']>>;

/** A case as one sample. */
export interface PreparedVolume {
  /** One for each input of the network. */
  readonly arrays: readonly InputArray[];
  readonly alignedBy: AlignedBy;
}

/** A case as many samples, one a slice. */
export interface PreparedSlices {
  readonly samples: readonly SliceSample[];
  /** How many slices the rule dropped, and which rule it was. */
  readonly dropped: number;
  readonly by: ChosenSlices['by'];
  readonly alignedBy: AlignedBy;
}

/** One slice of a case. */
export interface SliceSample {
  /** One for each input of the network, `[rows, columns, modalities]`. */
  readonly arrays: readonly InputArray[];
  readonly from: {
    /** Index in the volume that the steps made. */
    readonly slice: number;
    /** The middle of the slice in the patient, LPS mm. */
    readonly centerMm: Vector3;
  };
}

/** What a case becomes, by the layout of its pipeline. */
export type Prepared<P extends CasePipeline> = PreparedAs<P['layout']['as']>;

type PreparedAs<As> = As extends 'slices' ? PreparedSlices : PreparedVolume; // of a union of layouts the union

/**
 * Makes a network's input of one case.
 *
 * Where the pipeline names a modality to lay the others onto, its brain, center and slices decide for all. A mask is laid over the images by world coordinates,
 * and refused where it does not lie on their brain. Slices are chosen by the gray values before they were scaled or equalized.
 *
 * @throws `MgmtError` `preprocess/no-such-series`, `preprocess/no-mask`, `preprocess/no-overlap`, `preprocess/blank-volume`, and what the steps throw
 * @example
 * const { arrays } = prepareInput(paperInputs['vit-3d'], { volumes: { FLAIR: volume } });
 * arrays[0].shape; // [64, 256, 256, 1]
 */
export function prepareInput<P extends CasePipeline>(pipeline: P, source: CaseVolumes): Prepared<P>;
export function prepareInput(pipeline: CasePipeline, source: CaseVolumes): PreparedVolume | PreparedSlices {
  const { inputs, onto, steps, layout } = pipeline;
  const modalities = [...new Set(inputs.flat())];
  if (takesMask(pipeline, source) && source.mask) checkMaskFits(source.mask, seriesOf(source, onto ?? modalities[0]!));
  const keep = layout.as === 'slices' ? layout.keep : undefined;
  const { stacks, alignedBy } = onto === undefined ? apart(modalities, source) : together(modalities, onto, source);
  const done = stacks.map(({ names, stack }) => ({
    names,
    stack: runOnStack(steps, { ...stack, ...(keep && readsGray(keep, source) && { gray: stack.volumes[0] }) }),
  }));
  const volumeOf = new Map(done.flatMap(({ names, stack }) => names.map((name, i) => [name, stack.volumes[i]!] as const)));
  const channels = inputs.map((names) => names.map((name) => volumeOf.get(name)!));
  if (!keep) return { arrays: channels.map(layout.as === 'volume' ? stackChannels : slicesAsChannels), alignedBy };
  const { kept, dropped, by } = chosen(done[0]!.stack, keep);
  return { samples: kept.map((slice) => sampleOf(channels, slice)), dropped, by, alignedBy };
}

interface NamedStack {
  readonly names: readonly string[];
  readonly stack: Stack;
}

interface Stacks {
  readonly stacks: readonly NamedStack[];
  readonly alignedBy: AlignedBy;
}

function apart(modalities: readonly string[], source: CaseVolumes): Stacks {
  const stackOf = (name: string): NamedStack => ({ names: [name], stack: withMask([seriesOf(source, name)], source) });
  return { stacks: modalities.map(stackOf), alignedBy: {} };
}

function together(modalities: readonly string[], onto: string, source: CaseVolumes): Stacks {
  const fixed = toAxial(seriesOf(source, onto));
  const others = modalities.filter((name) => name !== onto);
  const aligned = others.map((name) => alignOnto(seriesOf(source, name), fixed, { frame: framesOf(source, name, onto) }));
  return {
    stacks: [{ names: [onto, ...others], stack: withMask([fixed, ...aligned.map(({ volume }) => volume)], source) }],
    alignedBy: Object.fromEntries(others.map((name, i) => [name, aligned[i]!.by])),
  };
}

function framesOf({ frames }: CaseVolumes, a: string, b: string): 'same' | 'different' {
  const [first, second] = [frames?.[a], frames?.[b]];
  return first !== undefined && second !== undefined && first !== second ? 'different' : 'same';
}

const withMask = (volumes: Stack['volumes'], { mask }: CaseVolumes): Stack => ({ volumes, ...(mask && { mask }) });

function seriesOf({ volumes }: CaseVolumes, name: string): Volume {
  const volume = volumes[name];
  if (volume) return volume;
  const there = Object.keys(volumes).filter((key) => volumes[key]);
  throw new MgmtError(`the case has no ${name} series`, { code: 'preprocess/no-such-series', found: there.join(', ') || 'none' });
}

const takesMask = ({ steps, layout }: CasePipeline, { mask }: CaseVolumes) =>
  steps.some(({ step }) => step === 'cropToTumor') ||
  (layout.as === 'slices' && (layout.keep.by === 'mask' || (layout.keep.by === 'tumor' && mask !== undefined)));

const readsGray = ({ by }: SliceRule, { mask }: CaseVolumes) => by === 'brain' || by === 'bright' || (by === 'tumor' && !mask);

function chosen({ volumes: [first], gray, mask }: Stack, keep: SliceRule): ChosenSlices {
  if (keep.by === 'mask' && !mask) {
    throw new MgmtError('slices are chosen by a tumor mask, and the case has none', {
      code: 'preprocess/no-mask',
      hint: "leave the case out, or choose by 'tumor', which has a rule for cases without a mask",
    });
  }
  return chooseSlices(gray ?? first, keep, mask && resampleOnto(mask, first, { interpolation: 'nearest' }));
}

function sampleOf(channels: readonly (readonly Volume[])[], slice: number): SliceSample {
  const { shape, affine } = channels[0]![0]!;
  const centerMm = affineTimesPoint(affine, [(shape[2] - 1) / 2, (shape[1] - 1) / 2, slice]);
  return { arrays: channels.map((volumes) => sliceAsImage(volumes, slice)), from: { slice, centerMm } };
}
