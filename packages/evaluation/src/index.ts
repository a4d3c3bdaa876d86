// Telling two classes apart
export { type BinaryLabel } from './checkBinaryScores.js';
export { rocAuc } from './rocAuc.js';
export { rocCurve, type RocCurve } from './rocCurve.js';
export { partialAuc, type PartialAucOptions } from './partialAuc.js';
export { precisionRecallCurve, type PrecisionRecallCurve } from './precisionRecallCurve.js';
export { averagePrecision } from './averagePrecision.js';
export { accuracyAt } from './accuracyAt.js';

// Calling a class from a threshold on
export { operatingPoint, type OperatingPoint, type OperatingRule } from './operatingPoint.js';
export { confusionCounts, type ConfusionCounts } from './confusion/confusionCounts.js';
export { confusionRates, type ConfusionRates } from './confusion/confusionRates.js';
export { likelihoodRatios, type LikelihoodRatio, type LikelihoodRatios } from './confusion/likelihoodRatios.js';
export { balancedAccuracy } from './confusion/balancedAccuracy.js';
export { matthewsCorrelation } from './confusion/matthewsCorrelation.js';
export { f1Score } from './confusion/f1Score.js';
export { proportionInterval, type Proportion, type ProportionOptions } from './proportionInterval.js';

// How sure that is
export { delongVariance } from './delongVariance.js';
export { delongInterval, type AucInterval, type DelongIntervalOptions, type IntervalOptions } from './delongInterval.js';
export { delongMeanInterval, type DelongMeanInterval } from './delongMeanInterval.js';
export { seedMeanAucInterval, type SeedMeanInterval, type SeedMeanIntervalOptions } from './seedMeanAucInterval.js';
export { aucPValue, type AucPValueOptions } from './aucPValue.js';
export { chanceAucStandardError } from './chanceAucStandardError.js';
export { aucEquivalenceTest, type AucEquivalence, type AucEquivalenceOptions } from './aucEquivalenceTest.js';
export { aucPower, type AucStudy } from './aucPower.js';
export { smallestDetectableAuc, type DetectableAucStudy } from './smallestDetectableAuc.js';
export {
  crossValidatedAucInterval,
  type CrossValidatedAuc,
  type CrossValidatedOptions,
  type FoldScores,
} from './crossValidatedAucInterval.js';

// Whether two models differ
export { type AucDifference } from './aucDifference.js';
export { delongCovariance, type DelongCovariance } from './delongCovariance.js';
export { delongTest } from './delongTest.js';
export { delongUnpairedTest, type LabeledScores, type UnpairedAucDifference } from './delongUnpairedTest.js';
export { mcNemarTest, type McNemarOptions } from './mcNemarTest.js';
export { correctedTTest, type CorrectedTTest, type CorrectedTTestOptions } from './correctedTTest.js';

// Resampling, for any statistic
export { type BootstrapMethod } from './resampling/bootstrapEnds.js';
export { type ResampleDesign } from './resampling/resampler.js';
export { bootstrapInterval, type BootstrapInterval, type BootstrapOptions } from './resampling/bootstrapInterval.js';
export { bootstrapAucInterval, type BootstrapAucOptions } from './resampling/bootstrapAucInterval.js';
export { rocBand, type RocBand, type RocBandOptions } from './resampling/rocBand.js';
export { type PermutationFinding, type PermutationNull, type PermutationOptions, type PermutationResult } from './resampling/permute.js';
export { permutationTest } from './resampling/permutationTest.js';
export { aucPermutationTest } from './resampling/aucPermutationTest.js';
export { pairedPermutationTest } from './resampling/pairedPermutationTest.js';
export { pairedAucPermutationTest } from './resampling/pairedAucPermutationTest.js';

// Many comparisons
export { bonferroni } from './bonferroni.js';
export { holm } from './holm.js';
export { benjaminiHochberg } from './benjaminiHochberg.js';

// Loss
export { logLoss } from './logLoss.js';
export { guessingLoss } from './guessingLoss.js';

// Whether probabilities mean what they say
export { brierScore } from './calibration/brierScore.js';
export { brierDecomposition, type BrierDecomposition } from './calibration/brierDecomposition.js';
export { type BinningOptions, type ProbabilityBin } from './calibration/probabilityBins.js';
export { reliabilityCurve, type ReliabilityBin, type ReliabilityOptions } from './calibration/reliabilityCurve.js';
export { calibrationError, type CalibrationError } from './calibration/calibrationError.js';
export { calibrationLine, type CalibrationLine, type Estimate } from './calibration/calibrationLine.js';
export { spiegelhalterTest, type ZTest } from './calibration/spiegelhalterTest.js';

// Making them mean it
export { isotonicScaling } from './calibration/isotonicScaling.js';
export { plattScaling } from './calibration/plattScaling.js';
export { temperatureScaling } from './calibration/temperatureScaling.js';
export {
  recalibrate,
  type IsotonicRecalibration,
  type PlattRecalibration,
  type Recalibration,
  type TemperatureRecalibration,
} from './calibration/recalibration.js';

// Whether acting on them does good
export { decisionCurve, type DecisionCurve, type DecisionCurveOptions } from './decision/decisionCurve.js';

// Whether a training learned anything
export { neverLeftChance, type ChanceOptions, type ChanceVerdict } from './learning/neverLeftChance.js';
export { overfits, type OverfitOptions, type OverfitVerdict } from './learning/overfits.js';
export { settledLoss, type SettledLoss, type SettledLossOptions } from './learning/settledLoss.js';
export { type EpochLosses } from './learning/checkHistory.js';

// What differs between seeds
export { seedShift, type SeedShift } from './seeds/seedShift.js';
export { seedAgreement, type SeedAgreement } from './seeds/seedAgreement.js';

// Shape of a sample
export { summarize, type Summary } from './summarize.js';
export { quantile } from './quantile.js';
export { type Domain } from './domain.js';
export { histogram, type Histogram, type HistogramOptions } from './histogram.js';
export { kernelDensity, type Density, type KernelDensityOptions } from './kernelDensity.js';
export { overlapCoefficient } from './overlapCoefficient.js';

// One hill or two
export { dipStatistic } from './shape/dipStatistic.js';
export { dipTest, type DipTest, type DipTestOptions } from './shape/dipTest.js';
export { twoGaussians, type GaussianComponent, type TwoGaussians } from './shape/twoGaussians.js';
export { ashmansD } from './shape/ashmansD.js';
export { bimodalityCoefficient } from './shape/bimodalityCoefficient.js';
export { describeShape, type Shape, type ShapeOptions } from './shape/describeShape.js';

// Points in a plane, to look at
export { type PlanePoint, type Points } from './embedding/points.js';
export { tsne, type Tsne, type TsneOptions } from './embedding/tsne.js';
export { umap, type UmapOptions } from './embedding/umap.js';
export { pca, type Pca, type PcaOptions } from './embedding/pca.js';

// Whether to believe what one sees there
export { trustworthiness, type NeighborhoodOptions } from './embedding/trustworthiness.js';
export { continuity } from './embedding/continuity.js';
export { silhouette } from './embedding/silhouette.js';
export { type ClassLabels } from './embedding/classes.js';
export { nearestNeighborSeparability, type Separability, type SeparabilityOptions } from './embedding/nearestNeighborSeparability.js';
export { linearProbe, type LinearProbe, type LinearProbeOptions } from './embedding/linearProbe.js';
