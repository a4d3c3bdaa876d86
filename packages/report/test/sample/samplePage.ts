import { aucForest, classOverlap, lossCurves, predictionHistogram, rocCurves, sliceMontage, type Page } from '../../src/index.js';
import { sampleHead, sampleStudy } from './sampleStudy.js';

/** A page as a study makes it, from invented records: what the look of the page is judged by. */
export function samplePage(): Page {
  const { panels, unlabeled, forest, rocs, runs, meanAuc } = sampleStudy();
  const { low, high } = forest.mean!.ours!;
  const interval = `${low.toFixed(2)} to ${high.toFixed(2)}`;
  return {
    title: 'Can deep learning read MGMT promoter methylation from brain MRI?',
    provenance: {
      data: 'invented numbers that show what a page looks like',
      version: 'mgmt 0.1.0',
      backend: 'TensorFlow 2.21.0 on 2 CPU cores',
      when: '2026-11-23T21:23:58Z',
    },
    answer: {
      headline: `No connection was found: over ten seeds, ResNet10 tells methylated from unmethylated tumors with a mean AUC of ${meanAuc.toFixed(2)} (95 % interval ${interval}), which a coin would reach too.`,
      detail:
        'The interval resamples the 117 validation patients, all seeds together, and holds 0.5. On the same pipeline a phantom cohort with the signal switched on is read without an error, so that the silence is the data’s, not the program’s.',
      numbers: [
        { label: 'Mean AUC of ten seeds', value: meanAuc.toFixed(2), note: `95 % interval ${interval}` },
        { label: 'Training loss at the end', value: '0.69', note: 'guessing: ln 2 = 0.693' },
        { label: 'Overlap of the classes', value: '0.89', note: '1 would be one and the same' },
      ],
    },
    sections: [
      {
        id: 'comparison',
        heading: 'Beside the paper',
        blocks: [
          {
            kind: 'comparison',
            caption: 'The paper’s Tables 2 and 3, and what this run gave.',
            rule: 'Agrees: the paper’s number lies in our interval. Differs: it lies outside. Cannot tell: the paper prints no number, or our interval holds both chance and the claim.',
            rows: [
              ...forest.rows.slice(0, 6).map(({ name, ours, paper }) => ({
                name: `ResNet10, ${name}: AUC`,
                paper: paper ?? null,
                ours: ours!.value,
                interval: [ours!.low, ours!.high] as const,
                verdict: paper === undefined ? ('cannot tell' as const) : paper > ours!.high ? ('differs' as const) : ('agrees' as const),
                reason:
                  paper === undefined
                    ? 'the paper prints five of its ten models'
                    : paper > ours!.high
                      ? 'the paper’s value lies above our interval'
                      : 'the paper’s value lies in our interval',
              })),
              { name: 'Training loss, last epoch', paper: 0.7, ours: 0.691, verdict: 'agrees', reason: 'both at the loss of guessing' },
            ],
          },
          {
            kind: 'table',
            caption: 'Cases in training and validation.',
            columns: [{ name: 'Class' }, { name: 'Training' }, { name: 'Validation' }, { name: 'Share', digits: 3 }],
            rows: [
              ['0, unmethylated', 222, 56, 0.475],
              ['1, methylated', 246, 61, 0.525],
            ],
          },
        ],
      },
      {
        id: 'predictions',
        heading: 'What the models predict',
        blocks: [
          {
            kind: 'paragraph',
            text: [
              'A model that reads the state of the promoter gives high probabilities to methylated and low ones to unmethylated patients. ',
              { em: 'All ten' },
              ' give both classes the same distribution; only its place differs, and that depends on the seed alone. How the numbers were made stands under ',
              { anchor: 'methods', text: 'Methods' },
              '.',
            ],
          },
          { kind: 'figure', figure: aucForest(forest) },
          { kind: 'figure', figure: predictionHistogram(panels) },
          { kind: 'figure', figure: classOverlap(panels) },
          { kind: 'figures', figures: [rocCurves(rocs, { width: 380 }), lossCurves(runs, { id: 'loss-small', width: 380 })] },
          { kind: 'figure', figure: lossCurves(runs) },
          { kind: 'figure', figure: predictionHistogram(unlabeled, { id: 'test-predictions' }) },
        ],
      },
      {
        id: 'images',
        heading: 'What the network sees',
        blocks: [
          {
            kind: 'figure',
            figure: sliceMontage([sampleHead()], { title: 'One case, T1wCE, 64 slices around the largest cut through the brain' }),
          },
          {
            kind: 'figure',
            figure: sliceMontage(
              ['FLAIR', 'T1w', 'T1wCE', 'T2w'].map((name) => ({ ...sampleHead(name), slices: [23] })),
              { id: 'modalities', title: 'Four modalities' },
            ),
          },
          { kind: 'notice', tone: 'warning', text: 'These are invented heads. A score on one patient says nothing about that patient.' },
        ],
      },
      {
        id: 'methods',
        heading: 'Methods',
        blocks: [
          {
            kind: 'paragraph',
            text: 'Each case’s T1wCE series was brought to axial orientation, 64 slices around the largest brain section were taken, scaled slice by slice to [0, 1] and resized to 256 × 256. ResNet10 (3-D, 14,356,929 parameters) was trained with Adam for 15 epochs at batch 8, the learning rate of 0.0001 halved at epoch 10.',
          },
          { kind: 'heading', text: 'Set aside' },
          {
            kind: 'table',
            caption: 'Cases that could not be used, with the reason.',
            columns: [{ name: 'Case' }, { name: 'Reason' }],
            rows: [
              ['00109', 'excluded: issues in the images (the paper, section 3)'],
              [
                '00042',
                'dicom-io/truncated-pixel-data: train/00042/T1wCE/Image-17.dcm: pixel data ends at byte 131,402\n  expected 524,288 bytes from byte 1,402 (512 x 512 x 1, 16 bits), found 130,000\n  hint: the download was cut short; fetch the file again, or leave the case out',
              ],
            ],
          },
        ],
      },
      {
        id: 'environment',
        heading: 'Environment, and how to run it again',
        blocks: [
          {
            kind: 'definitions',
            items: [
              { term: 'Backend', definition: 'TensorFlow 2.21.0 (tfjs-node), AVX-512, 2 cores; no NVIDIA driver was found' },
              { term: 'Node', definition: '20.20.2, linux-x64' },
              { term: 'Data fingerprint', definition: 'phantom 3f0c 91aa' },
              { term: 'Duration', definition: '3 min 41 s, 2.9 GB' },
            ],
          },
          { kind: 'code', text: 'npm ci\nnpx nx run experiments:all --profile quick --seeds 10' },
        ],
      },
    ],
  };
}
