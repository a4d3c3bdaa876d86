// Orientation and grid
export { reorient, toAxial } from './reorient.js';
export { resampleAxial } from './resampleAxial.js';
export { resampleSlices, type ResampleSlicesConfig } from './resampleSlices.js';
export { resampleSpacing, type ResampleSpacingConfig } from './resampleSpacing.js';
export { type Grid, resampleOnto, type ResampleOntoConfig } from './resampleOnto.js';
export { type Interpolation } from './interpolation.js';
export { resizeSlices, type ResizeSlicesConfig, resizeVolume, type ResizeVolumeConfig } from './resize.js';

// The brain and its slices
export { type Box, boundingBox, cropToBox } from './box.js';
export { type BrainThreshold } from './brainThreshold.js';
export { brainBox, cropToBrain, type CropToBrainConfig } from './cropToBrain.js';
export { otsuThreshold } from './otsuThreshold.js';
export { centerSlice } from './centerSlice.js';
export { windowOfSlices, type WindowOfSlicesConfig } from './windowOfSlices.js';
export { evenSlices, type EvenSlicesConfig } from './evenSlices.js';

// Gray values
export { minMax } from './minMax.js';
export { minMaxPerSlice } from './minMaxPerSlice.js';
export { zScore, type ZScoreConfig } from './zScore.js';
export { clipPercentiles, type ClipPercentilesConfig } from './clipPercentiles.js';
export { windowLevel, type WindowLevelConfig } from './windowLevel.js';
export { clahe, type ClaheConfig } from './clahe.js';

// Several volumes, and masks
export { alignOnto, type Aligned, type AlignOntoConfig } from './alignOnto.js';
export { checkMaskFits, maskOnto, type MaskOntoConfig } from './maskOnto.js';
export { cropToTumor, tumorBox, type TumorRegionConfig } from './tumorRegion.js';
export { type ChosenSlices, chooseSlices, type SliceRule } from './chooseSlices.js';
export { type InputArray, sliceAsImage, slicesAsChannels, stackChannels } from './stack.js';

// Pipelines as data
export { type MaskStep, type Step } from './step.js';
export { pipeline, pipelineHash, runPipeline } from './pipeline.js';
export { casePipeline, type CasePipeline, casePipelineHash, type Layout } from './casePipeline.js';
export { casePipelineFromJson, casePipelineToJson, pipelineFromJson, pipelineToJson } from './pipelineJson.js';
export {
  type AlignedBy,
  type CaseVolumes,
  type Prepared,
  type PreparedSlices,
  type PreparedVolume,
  prepareInput,
  type SliceSample,
} from './prepareInput.js';
export { type InputSize, resnet10Input, resnet10InputSize } from './resnet10Input.js';
export { type PaperInput, paperInputs } from './paperInputs.js';
