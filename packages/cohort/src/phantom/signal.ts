import type { Rng } from '@mgmt/core';
import type { PhantomConfig } from './phantomConfig.js';
import type { Growth } from './tumor.js';

/** What of a tumor can carry the label: how its rim enhances, how patchy rim and edema are, how large it is. */
export const SIGNAL_FEATURES = ['rim', 'texture', 'size'] as const;
/** One of {@link SIGNAL_FEATURES}. */
export type SignalFeature = (typeof SIGNAL_FEATURES)[number];

/** What the label can touch of a tumor, and nothing else of a case. */
export interface TumorTraits {
  readonly growth: Growth;
  readonly texture: 'even' | 'patchy';
  readonly size: 'small' | 'large' | 'any';
}

/**
 * A tumor's traits. The features that carry the signal all show one answer: with probability `signal` the label, else a coin. The others do not read the
 * label, so at signal 0 the images of a cohort cannot depend on its labels; without its feature a rim still grows in both ways, by a coin of its own.
 */
export function drawTraits(random: Rng, label: 0 | 1, { signal, signalFeatures }: PhantomConfig): TumorTraits {
  const shown = followsLabel(random, label, signal) === 1;
  const carried = (feature: SignalFeature) => signalFeatures.includes(feature);
  const ring = carried('rim') ? shown : random.child('rim coin').chance(0.5);
  return {
    growth: ring ? 'ring' : 'solid',
    texture: carried('texture') && shown ? 'patchy' : 'even',
    size: !carried('size') ? 'any' : shown ? 'large' : 'small',
  };
}

/** The label with this probability, else a coin. Each draw has a stream of its own, so that one label draws as much as the other. */
export function followsLabel(random: Rng, label: 0 | 1, probability: number): 0 | 1 {
  if (random.child('shown').chance(probability)) return label;
  return random.child('coin').chance(0.5) ? 1 : 0;
}
