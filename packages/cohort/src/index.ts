export { phantomConfig, type PhantomConfig } from './phantom/phantomConfig.js';
export { phantomCase, type PhantomCase } from './phantom/phantomCase.js';
export { type PhantomSet } from './phantom/phantomLabel.js';
export { type Growth } from './phantom/tumor.js';
export { SIGNAL_FEATURES, type SignalFeature } from './phantom/signal.js';
export { type Shortcut, SHORTCUTS } from './phantom/nuisance.js';
export { writePhantomCohort, type PhantomProgress, type WritePhantomOptions } from './phantom/writePhantomCohort.js';
export { readPhantomConfig } from './phantom/phantomManifest.js';
export {
  type AnyCohort,
  type Case,
  type CaseFiles,
  casesOf,
  type Cohort,
  describeCohort,
  type ExternalCase,
  type ExternalCohort,
  MODALITIES,
  type Modality,
  type SetAside,
  type UnlabeledCohort,
} from './cohort.js';
export { readRsnaCohort, type ReadRsnaCohortConfig } from './readRsnaCohort.js';
export { readBrats2020 } from './readBrats2020.js';
export { readBrats2021, type ReadBrats2021Config } from './readBrats2021.js';
export { readExternalCohort, type ExternalCohortConfig } from './readExternalCohort.js';
export { asExternal } from './asExternal.js';
export { withMasksOf } from './withMasksOf.js';
export { readMnist, type Digits, type Mnist } from './readMnist.js';
export { decodeIdx, type IdxArray } from './idx.js';
export { EXCLUDED_IDS } from './excludedIds.js';
export { readLabels, type LabelRow } from './readLabels.js';
export { type CaseTableColumns } from './readCaseTable.js';
export { readCaseSeries, readCaseVolume, seriesFormat, type SeriesFormat } from './readCaseSeries.js';
export { MASK_LABELS, readMask } from './readMask.js';
export { type Patient, type Split } from './patient.js';
export { stratifiedSplit, type SplitConfig } from './stratifiedSplit.js';
export { repeatedFolds, stratifiedFolds, type FoldsConfig, type RepeatedFoldsConfig } from './stratifiedFolds.js';
export { groupedFolds, type GroupedFoldsConfig } from './groupedFolds.js';
export { slicesOfSplit, splitSlicesLeakingPatients, type LeakingSplit, type SliceOf } from './slices.js';
export { validateCohort, type ValidateOptions, type ValidateProgress } from './validate/validateCohort.js';
export {
  type CaseReport,
  type ClassCounts,
  type CohortCounts,
  type CohortFindings,
  type CohortReport,
  type Finding,
  FINDING_KINDS,
  type FindingCode,
  type FindingKind,
  FINDINGS,
  type ImageFacts,
} from './validate/cohortReport.js';
export { type Vendor, VENDORS } from './validate/vendor.js';
export { cohortFingerprint } from './validate/cohortFingerprint.js';
export { cohortReportText } from './validate/cohortReportText.js';
export { cohortReportSection, type ReportParagraph, type ReportSection, type ReportTable } from './validate/cohortReportSection.js';
export { openArrayCache, type ArrayCache, type FoundInput } from './cache/arrayCache.js';
export { type CachedArray, type CachedInput, type CachedSample } from './cache/cacheEntry.js';
export { type CaseInput } from './cache/readCase.js';
export { readingMemory, type ReadingMemory } from './cache/readingMemory.js';
export {
  prepareArrays,
  threadsForMemory,
  type Preparation,
  type PreparedCase,
  type PrepareOptions,
  type PrepareProgress,
} from './cache/prepareArrays.js';
export { loadPrepared, loadSample } from './cache/loadPrepared.js';
export { listCache, pruneCache, type CacheEntry, type CacheListing, type PruneConfig } from './cache/pruneCache.js';
