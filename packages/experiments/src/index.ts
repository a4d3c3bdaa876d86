export { PROFILE_NAMES, type ProfileName } from './profiles.js';
export { type Findings, type ModelConfig, type PhantomSize, type RunConfig, type Study, type StudyProfile } from './study.js';
export { STUDIES, studiesNamed } from './studies/index.js';
export { resnet10Seeds } from './studies/resnet10Seeds.js';
export { executeRun, type RunData, type RunRequest, runName } from './executeRun.js';
export { type EpochLine, type Plan, type Prediction, readPlan, readRecord, readRun, type RunJson, type RunRecord } from './records.js';
export { writeReport } from './writeReport.js';
export { PAPER } from './paper.js';
