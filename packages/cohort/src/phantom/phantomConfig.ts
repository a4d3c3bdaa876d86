import { MgmtError } from '@mgmt/core';
import { z } from 'zod';
import { MODALITIES, type Modality } from '../cohort.js';
import { type Shortcut, SHORTCUTS } from './nuisance.js';
import { SIGNAL_FEATURES, type SignalFeature } from './signal.js';

/** A phantom cohort, whole: equal configs give equal files, byte for byte. Every member has a default; see {@link phantomConfig}. */
export interface PhantomConfig {
  /** Cases with a label, `train/`. Case i is the same whatever this number is. */
  readonly cases: number;
  /** Cases without a label, `test/`. */
  readonly testCases: number;
  /** `[slices, rows, columns]` of an average axial series; the field of view stays that of a head, so this is the dial of size and of time. */
  readonly shape: readonly [slices: number, rows: number, columns: number];
  /**
   * How often the image shows the label, 0 to 1: the share of cases whose tumor grows as its label says; in the others a coin decides. Without a
   * shortcut no classifier's expected AUC can exceed `(1 + signal) / 2`; at 0 images and labels are independent by construction, at 1 every tumor gives
   * its label away.
   */
  readonly signal: number;
  /** What of the tumor carries the signal. Several go together: they show the same label, or the same coin. */
  readonly signalFeatures: readonly SignalFeature[];
  /** A correlation of the label with what is not the tumor. None by default. */
  readonly shortcut: Shortcut | null;
  /** Of everything random in the cohort. */
  readonly seed: number;
  /** Share of class 1 among the labels, held to within a case or two at every cohort size. */
  readonly positives: number;
  /** The series written for each case. */
  readonly modalities: readonly Modality[];
  /** Number of scanners; each has a gain, a contrast and a noise level of its own. Which one a case came from says nothing unless a shortcut makes it. */
  readonly sites: number;
  /** How much scanners differ, as a power: 0 not at all, 1 as those of one vendor, 3 far more. */
  readonly scannerSpread: number;
  /** How much the contrast of gray and white matter differs from case to case: deviation of its logarithm. The tumor's brightness stays. */
  readonly contrastSpread: number;
  /** Deviation of the noise in each channel (Rician in magnitude), as a share of white matter in T1w. Sites differ from it by a third. */
  readonly noise: number;
  /** Strength of the slow brightness drift over a series: deviation of its logarithm. */
  readonly bias: number;
}

const defaults: PhantomConfig = {
  cases: 40, // a smoke test's worth
  testCases: 10,
  shape: [32, 64, 64], // 4.9 x 3.4 x 3.4 mm: a tumor is 10 to 17 voxels wide
  signal: 0, // the paper's finding: nothing there
  signalFeatures: ['rim'], // shows in all four modalities, and outlives any rescaling
  shortcut: null,
  seed: 0,
  positives: 307 / 585, // the data's own share (the paper's Table 2)
  modalities: MODALITIES,
  sites: 4,
  scannerSpread: 1,
  contrastSpread: 0,
  noise: 0.03,
  bias: 0.08, // visible from one end of the head to the other, as in real series
};

const share = z.number().min(0).max(1);
const schema = z
  .strictObject({
    cases: z.int().min(0).max(50_000), // ids have five digits, and those of test/ begin at 50000
    testCases: z.int().min(0).max(50_000),
    shape: z.tuple([z.int().min(4).max(512), z.int().min(8).max(1024), z.int().min(8).max(1024)]),
    signal: share,
    signalFeatures: z
      .array(z.enum(SIGNAL_FEATURES))
      .min(1)
      .transform((named) => SIGNAL_FEATURES.filter((feature) => named.includes(feature))) // in one order, so that equal configs are equal as text
      .default(['rim']),
    shortcut: z
      .strictObject({ by: z.enum(SHORTCUTS), strength: share })
      .nullable()
      .default(null),
    seed: z.int(),
    positives: share,
    modalities: z.array(z.enum(MODALITIES)).min(1),
    sites: z.int().min(1),
    scannerSpread: z.number().min(0).max(3).default(defaults.scannerSpread),
    contrastSpread: share.default(defaults.contrastSpread),
    noise: share,
    bias: share,
  })
  .refine(({ shortcut, sites }) => shortcut?.by !== 'site' || sites > 1, {
    path: ['sites'],
    message: 'a shortcut by site takes two sites or more',
  });

/**
 * A phantom's whole config: what is given, and a reasoned default for the rest.
 *
 * @param partial - any of the members; unknown names are an error
 * @throws `MgmtError` `cohort/bad-phantom-config` naming each member that is wrong
 * @example
 * phantomConfig({ cases: 160, signal: 1, seed: 7 });
 */
export function phantomConfig(partial: Partial<PhantomConfig> = {}): PhantomConfig {
  return parsePhantomConfig({ ...defaults, ...partial }, 'the phantom config');
}

/**
 * A config as it was read from a file or a command line.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `cohort/bad-phantom-config`
 */
export function parsePhantomConfig(value: unknown, where: string): PhantomConfig {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MgmtError('the phantom cohort cannot be made so', {
    code: 'cohort/bad-phantom-config',
    where,
    found: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`).join('; '),
    hint: 'signal, positives, noise, bias, contrastSpread and a shortcut’s strength are from 0 to 1; counts and shape are whole numbers',
  });
}

/**
 * A config as it stands in files: a member that joined after the first cohorts had been written is left out at its default, so that they keep their
 * bytes and their folders are still known.
 */
export function recordedConfig(config: PhantomConfig): Partial<PhantomConfig> {
  const { signalFeatures, shortcut, scannerSpread, contrastSpread, ...first } = config;
  return {
    ...first,
    ...(String(signalFeatures) !== String(defaults.signalFeatures) && { signalFeatures }),
    ...(shortcut && { shortcut }),
    ...(scannerSpread !== defaults.scannerSpread && { scannerSpread }),
    ...(contrastSpread !== defaults.contrastSpread && { contrastSpread }),
  };
}
