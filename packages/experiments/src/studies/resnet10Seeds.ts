import { PAPER } from '../paper.js';
import type { ProfileName } from '../profiles.js';
import type { Study, StudyProfile } from '../study.js';
import { resnet10SeedsFindings } from './resnet10SeedsFindings.js';

/**
 * ResNet10 over many seeds: are the classes told apart at all, and does it matter which seed? Section 5 of the paper. The recipe is that of the
 * competition's winner: T1wCE, 64 slices of 256 x 256, Adam at 1e-4, batch 8, 15 epochs, the learning rate halved at epoch 10, no augmentation.
 */
export const resnet10Seeds: Study = {
  name: 'resnet10-seeds',
  title: 'ResNet10 over many seeds',
  reproduces: 'Tables 2 and 3, Figures 3, 4, 5 and 12',
  profiles: {
    smoke: profile({
      seeds: 2,
      epochs: 2,
      width: 16, // a sixteenth of the work: seconds on WebAssembly too
      phantom: { cases: 40, testCases: 8, shape: [16, 32, 32] },
      input: { slices: 12, rows: 24, columns: 24, sliceSpacingMm: 8 },
    }),
    quick: profile({
      seeds: 5,
      epochs: 8,
      width: 64,
      phantom: { cases: 160, testCases: 40, shape: [24, 48, 48] },
      input: { slices: 16, rows: 32, columns: 32, sliceSpacingMm: 6 },
    }),
    paper: profile({
      seeds: PAPER.resnet10Seeds,
      epochs: 15,
      width: 64,
      phantom: { cases: 585, testCases: 87, shape: [128, 256, 256] },
      input: { slices: 64, rows: 256, columns: 256 },
    }),
  } satisfies Record<ProfileName, StudyProfile>,
  findings: resnet10SeedsFindings,
};

interface Size extends Pick<StudyProfile, 'seeds' | 'phantom'> {
  readonly epochs: number;
  readonly width: number;
  readonly input: StudyProfile['run']['input'];
}

function profile({ seeds, epochs, width, phantom, input }: Size): StudyProfile {
  return {
    phantom,
    seeds,
    run: {
      model: { kind: 'resnet10-3d', width },
      modality: 'T1wCE',
      input,
      validationShare: 0.2,
      splitSeed: 0,
      batchSize: 8,
      training: {
        epochs,
        optimizer: { kind: 'adam', learningRate: 1e-4 },
        schedule: { kind: 'step', factor: 0.5, atEpochs: [10] },
        loss: { kind: 'binary-cross-entropy-with-logits' },
      },
    },
  };
}
