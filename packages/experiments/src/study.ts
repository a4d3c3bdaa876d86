import type { Modality } from '@mgmt/cohort';
import type { InputSize } from '@mgmt/preprocess';
import type { Section } from '@mgmt/report';
import type { TrainingConfig } from '@mgmt/training';
import type { ProfileName } from './profiles.js';
import type { Plan, RunRecord } from './records.js';

/** Everything that decides a run's numbers, beside the data and the machine. It stands in `run.json`, and its hash in the run's name. */
export interface RunConfig {
  readonly model: ModelConfig;
  readonly modality: Modality;
  /** Of the network's input: how many slices around the largest cut through the brain, and their size. */
  readonly input: InputSize;
  /** Share of each class that validates. 0.2 of 278 and 307 cases is Table 2's 56 and 61. */
  readonly validationShare: number;
  /** Of the split; the same for all runs of a study, so that the same patients judge all seeds. */
  readonly splitSeed: number;
  readonly batchSize: number;
  readonly training: TrainingConfig;
  /** Of the weights' start and the order of batches. */
  readonly seed: number;
}

/** A network as data; `buildModel` makes it. */
export interface ModelConfig {
  readonly kind: 'resnet10-3d';
  /** Channels of the first stage: 64 in the paper. */
  readonly width: number;
}

/** The embedded data of a profile. */
export interface PhantomSize {
  readonly cases: number;
  readonly testCases: number;
  /** `[slices, rows, columns]` of an average series. */
  readonly shape: readonly [number, number, number];
}

/** How large a study runs. */
export interface StudyProfile {
  readonly phantom: PhantomSize;
  readonly seeds: number;
  /** The config of all runs but for their seed. */
  readonly run: Omit<RunConfig, 'seed'>;
}

/** What a study found, from its records alone. */
export interface Findings {
  /** One sentence with the verdict and its interval. */
  readonly headline: string;
  readonly detail: string;
  readonly numbers: readonly { readonly label: string; readonly value: string; readonly note?: string }[];
  readonly sections: readonly Section[];
  /** For `results.json`. */
  readonly results: Readonly<Record<string, unknown>>;
}

/** A study as data: its runs by profile, and its page as a pure function of the records. */
export interface Study {
  readonly name: string;
  readonly title: string;
  /** What of the paper it reproduces. */
  readonly reproduces: string;
  readonly profiles: Readonly<Record<ProfileName, StudyProfile>>;
  /** What the finished runs say; `records` holds at least one. */
  findings(records: readonly RunRecord[], plan: Plan): Findings;
}
