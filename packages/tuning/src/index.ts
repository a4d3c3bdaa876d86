// Studies
export { openStudy, type StudyOptions } from './openStudy.js';
export { Study, type CompleteTrial } from './study.js';
export { type TrialOutcome } from './studyOperations.js';
export { Trial, type Suggester } from './trial.js';
export { TrialPruned, isTrialPruned } from './trialPruned.js';
export { optimize, type Objective, type OptimizeOptions } from './optimize.js';
export { optimizeInProcesses, type ProcessOptions } from './optimizeInProcesses.js';
export { type ObjectiveModule } from './workerObjective.js';
export { studyRecord, type StudyRecord } from './studyRecord.js';
export { parameterImportances, type ImportanceConfig, type ParameterImportance } from './importances/parameterImportances.js';

// Spaces
export { branch, searchSpace } from './spaces/searchSpace.js';
export type { Branch, Branches, Declaration, ParamsOf, Space, SpaceParams } from './spaces/searchSpace.js';
export { categorical, float, int, type Choices, type FloatOptions, type IntOptions } from './spaces/distributions.js';
export { vitSpace, VIT_TRIALS } from './spaces/vit.js';

export type {
  CategoricalDistribution,
  Distribution,
  FloatDistribution,
  IntDistribution,
  Params,
  ParamValue,
  SearchSpace,
} from './distribution.js';
export { checkDistribution } from './checkDistribution.js';
export type { Direction, TrialRecord, TrialState } from './trialRecord.js';
export type { Sampler, SamplerContext } from './sampler.js';
export { randomSampler } from './samplers/randomSampler.js';
export { gridSampler, type Grid } from './samplers/gridSampler.js';
export { tpeSampler, type TpeConfig } from './samplers/tpeSampler.js';
export type { Pruner, PrunerContext, PrunerVerdict } from './pruner.js';
export { nopPruner } from './pruners/nopPruner.js';
export { medianPruner } from './pruners/medianPruner.js';
export { percentilePruner, type PercentilePrunerConfig } from './pruners/percentilePruner.js';
export { successiveHalvingPruner, type SuccessiveHalvingConfig } from './pruners/successiveHalvingPruner.js';
export { hyperbandPruner, type HyperbandConfig } from './pruners/hyperbandPruner.js';
export { patientPruner, type PatienceConfig } from './pruners/patientPruner.js';
export { thresholdPruner, type ThresholdConfig } from './pruners/thresholdPruner.js';
export { type CheckpointConfig } from './pruners/checkpoints.js';
