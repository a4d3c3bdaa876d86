import { casePipeline } from './casePipeline.js';
import type { SliceRule } from './chooseSlices.js';
import { resnet10Input } from './resnet10Input.js';

/**
 * The inputs of every network of the paper (Saeed et al. 2022) by name. Crop to the brain and 3-D CLAHE belong to section 4.1's networks alone; where the paper
 * says nothing of gray values, a volume's own range becomes 0 to 1. Every series is taken to axial first (section 3).
 *
 * @example
 * prepareInput(paperInputs['flair-128'], { volumes: { FLAIR: volume }, mask }).samples; // slices with tumor, each [128, 128, 1]
 */
export const paperInputs = {
  /** Tables 1 and 4: ResNet34 (no augmentation, random weights), ResNet50, DenseNet121. Slices with tumor, `[128, 128, 1]`. */
  'flair-128': equalizedSlices('FLAIR', 128),
  /** Tables 1 and 4: ResNet34. */
  'flair-256': equalizedSlices('FLAIR', 256),
  /** Section 4.1 names 512 x 512 ("resizing to three image resolutions"); no row of the tables uses it. */
  'flair-512': equalizedSlices('FLAIR', 512),
  /** Table 4: ResNet34, DenseNet161. */
  't1wce-128': equalizedSlices('T1wCE', 128),
  /** Table 4: ResNet34 without augmentation. */
  't1wce-256': equalizedSlices('T1wCE', 256),
  /** As `flair-512`. */
  't1wce-512': equalizedSlices('T1wCE', 512),
  /** Table 1: 3D-EfficientNet, FLAIR, 256: 64 slices around the largest cutaway, `[64, 256, 256, 1]`. */
  'efficientnet-3d': casePipeline({
    inputs: [['FLAIR']],
    steps: [
      { step: 'toAxial' },
      { step: 'windowOfSlices', before: 32, after: 32, threshold: 'auto' },
      { step: 'cropToBrain', threshold: 'auto' },
      { step: 'resizeVolume', shape: [64, 256, 256] },
      { step: 'clahe', range: 'volume' },
    ],
    layout: { as: 'volume' },
  }),
  /** Tables 1 and 4: Custom ResNet, Stacking and Addition, the two branches of Figure 8: `[128, 128, 1]` of FLAIR and of T1wCE on FLAIR's grid. */
  'two-branch-128': casePipeline({
    inputs: [['FLAIR'], ['T1wCE']],
    onto: 'FLAIR',
    steps: [
      { step: 'toAxial' },
      { step: 'cropToBrain', threshold: 'auto' },
      { step: 'resizeSlices', rows: 128, columns: 128 },
      { step: 'clahe', range: 'volume' },
    ],
    layout: { as: 'slices', keep: slicesWithTumor() },
  }),
  /** Table 4: ROI ResNet18, FLAIR. The tumor's box in each slice that has tumor, `[128, 128, 1]`. */
  'roi-flair-128': tumorSlices(['FLAIR'], 128),
  /** Table 4: ROI ResNet18 + more FC, T1wCE. */
  'roi-t1wce-128': tumorSlices(['T1wCE'], 128),
  /** Tables 1 and 4: ROI Custom ResNet, "Combined*": FLAIR and T1wCE as two channels, `[32, 32, 2]`. */
  'roi-combined-32': tumorSlices(['FLAIR', 'T1wCE'], 32),
  /** Section 4.2, pretraining: slices with a considerable view of the brain, `[128, 128, 1]`, of each modality by itself. */
  'simclr-pretraining-flair': slicesWithBrain('FLAIR'),
  'simclr-pretraining-t1w': slicesWithBrain('T1w'),
  'simclr-pretraining-t1wce': slicesWithBrain('T1wCE'),
  'simclr-pretraining-t2w': slicesWithBrain('T2w'),
  /** Section 4.2, downstream: 20 slices of FLAIR as the channels of one image, `[128, 128, 20]`. */
  'simclr-downstream': casePipeline({
    inputs: [['FLAIR']],
    steps: [
      { step: 'toAxial' },
      { step: 'windowOfSlices', before: 10, after: 10, threshold: 'auto' },
      { step: 'minMax' },
      { step: 'resizeSlices', rows: 128, columns: 128 },
    ],
    layout: { as: 'slices-as-channels' },
  }),
  /** Section 4.3: "resized to 256 x 256 x 64", `[64, 256, 256, 1]`. */
  'vit-3d': casePipeline({ ...sixtyFourSlices(), layout: { as: 'volume' } }),
  /** Section 4.3 read as a 2-D transformer of 64 channels, `[256, 256, 64]`. */
  'vit-2d': casePipeline({ ...sixtyFourSlices(), layout: { as: 'slices-as-channels' } }),
  /** Section 5, Table 3, Figures 3 to 6 and 12 to 14: ResNet10 by the competition winner's recipe, T1wCE, `[64, 256, 256, 1]`. */
  resnet10: casePipeline({ inputs: [['T1wCE']], steps: resnet10Input(), layout: { as: 'volume' } }),
  /** Section 5, "the top three models in the competition": the second, ten slices of each of four modalities, `[10, 256, 256, 4]`. */
  'second-place': casePipeline({
    inputs: [['FLAIR', 'T1w', 'T1wCE', 'T2w']],
    steps: [{ step: 'toAxial' }, { step: 'evenSlices', count: 10 }, { step: 'minMax' }, { step: 'resizeSlices', rows: 256, columns: 256 }],
    layout: { as: 'volume' },
  }),
} as const;

/** The name of one of {@link paperInputs}. */
export type PaperInput = keyof typeof paperInputs;

/** Section 4.1: crop to the brain, resize, 3-D CLAHE; slices without the tumor are dropped. */
function equalizedSlices(modality: string, size: number) {
  return casePipeline({
    inputs: [[modality]],
    steps: [
      { step: 'toAxial' },
      { step: 'cropToBrain', threshold: 'auto' },
      { step: 'resizeSlices', rows: size, columns: size },
      { step: 'clahe', range: 'volume' },
    ],
    layout: { as: 'slices', keep: slicesWithTumor() },
  });
}

/** Section 4.1: "Slices were selected based on the segmentation masks to extract only the tumor region, which was resized". */
function tumorSlices(modalities: readonly string[], size: number) {
  return casePipeline({
    inputs: [modalities],
    onto: modalities[0]!,
    steps: [
      { step: 'toAxial' },
      { step: 'cropToTumor', margin: 0 },
      { step: 'resizeSlices', rows: size, columns: size },
      { step: 'clahe', range: 'volume' },
    ],
    layout: { as: 'slices', keep: { by: 'mask' } },
  });
}

function slicesWithBrain(modality: string) {
  return casePipeline({
    inputs: [[modality]],
    steps: [{ step: 'toAxial' }, { step: 'minMax' }, { step: 'resizeSlices', rows: 128, columns: 128 }],
    layout: { as: 'slices', keep: { by: 'brain', share: 0.7 } },
  });
}

function sixtyFourSlices() {
  return {
    inputs: [['FLAIR']],
    steps: [
      { step: 'toAxial' },
      { step: 'windowOfSlices', before: 32, after: 32, threshold: 'auto' },
      { step: 'minMax' },
      { step: 'resizeSlices', rows: 256, columns: 256 },
    ],
  } as const;
}

/** By mask where there is one; else a slice shows tumor where at least 1 % of its brain is brighter than the volume's by two deviations. */
function slicesWithTumor(): SliceRule {
  return { by: 'tumor', otherwise: { deviations: 2, share: 0.01 } };
}
