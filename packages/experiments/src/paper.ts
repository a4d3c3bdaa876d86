/** The paper's own numbers that a study's page sets beside ours, each with where it stands. */
export const PAPER = {
  citation:
    'Saeed, Hardan, Abutalip, Yaqub: Is it Possible to Predict MGMT Promoter Methylation from Brain Tumor MRI Scans using Deep Learning Models? MIDL 2022',
  /** Section 3: patients, scans and classes, and the patients that it removed (Table 2 still counts them). */
  dataset: { patients: 585, scans: 348641, classes: { 0: 278, 1: 307 }, removed: ['00109', '00123', '00709'], masks: 574 },
  /** Table 1: the main results of the CNNs; the train AUC of the 3D-EfficientNet is not printed. */
  table1: [
    {
      model: 'ResNet34',
      pretrained: false,
      modality: 'FLAIR',
      size: 256,
      augmented: true,
      rate: 1e-2,
      batch: 128,
      train: 0.83,
      validation: 0.54,
    },
    {
      model: 'ResNet50',
      pretrained: true,
      modality: 'FLAIR',
      size: 128,
      augmented: true,
      rate: 1e-2,
      batch: 128,
      train: 0.61,
      validation: 0.58,
    },
    {
      model: 'DenseNet121',
      pretrained: true,
      modality: 'FLAIR',
      size: 128,
      augmented: true,
      rate: 1e-2,
      batch: 128,
      train: 0.63,
      validation: 0.58,
    },
    {
      model: '3D-EfficientNet',
      pretrained: false,
      modality: 'FLAIR',
      size: 256,
      augmented: false,
      rate: 1e-3,
      batch: 4,
      train: null,
      validation: 0.64,
    },
    {
      model: 'Custom ResNet',
      pretrained: true,
      modality: 'Stacking',
      size: 128,
      augmented: true,
      rate: 1e-3,
      batch: 128,
      train: 0.76,
      validation: 0.63,
    },
    {
      model: 'ROI Custom ResNet',
      pretrained: false,
      modality: 'Combined',
      size: 32,
      augmented: false,
      rate: 1e-2,
      batch: 16,
      train: 0.7,
      validation: 0.53,
    },
  ],
  /** Table 2: the class distribution of the ResNet10 studies. */
  table2: { training: { 0: 222, 1: 246 }, validation: { 0: 56, 1: 61 } },
  /** Table 3: the AUC of five of the ten ResNet10 models. */
  table3: [0.57, 0.59, 0.54, 0.58, 0.57],
  /** Table 4 (Appendix A): the longer list of 2-D CNNs; five rows repeat Table 1's. */
  table4: [
    { model: 'ResNet34', pretrained: false, modality: 'FLAIR', size: 128, augmented: false, train: 0.95, validation: 0.51 },
    { model: 'ResNet34', pretrained: false, modality: 'FLAIR', size: 256, augmented: true, train: 0.83, validation: 0.54 },
    { model: 'ResNet34', pretrained: true, modality: 'T1wCE', size: 128, augmented: true, train: 0.51, validation: 0.55 },
    { model: 'ResNet34', pretrained: true, modality: 'T1wCE', size: 256, augmented: false, train: 0.99, validation: 0.52 },
    { model: 'ResNet50', pretrained: true, modality: 'FLAIR', size: 128, augmented: true, train: 0.61, validation: 0.58 },
    { model: 'DenseNet121', pretrained: true, modality: 'FLAIR', size: 128, augmented: true, train: 0.63, validation: 0.58 },
    { model: 'DenseNet161', pretrained: true, modality: 'T1wCE', size: 128, augmented: true, train: 0.51, validation: 0.5 },
    { model: 'Custom ResNet', pretrained: true, modality: 'Stacking', size: 128, augmented: true, train: 0.76, validation: 0.63 },
    { model: 'Custom ResNet', pretrained: false, modality: 'Addition', size: 128, augmented: true, train: 0.5, validation: 0.49 },
    { model: 'ROI ResNet18', pretrained: false, modality: 'FLAIR', size: 128, augmented: false, train: 0.97, validation: 0.55 },
    { model: 'ROI ResNet18 + more FC', pretrained: true, modality: 'T1wCE', size: 128, augmented: true, train: 0.88, validation: 0.55 },
    { model: 'ROI Custom ResNet', pretrained: false, modality: 'Combined', size: 32, augmented: false, train: 0.7, validation: 0.53 },
  ],
  /** Table 5 (Appendix C): the vision transformer that the search found. */
  table5: { batch: 16, rate: 0.007, patch: 32, dim: 2048, depth: 2, heads: 8, headDim: 1024, mlpDim: 512 },
  /** Section 4.2: "fluctuating around 0.6", "around 0.7"; slices and patients that pretrained. */
  simclr: { validationAuc: 0.6, validationLoss: 0.7, slices: 80720, patients: 369 },
  /** Section 4.3. */
  vit: { validationAuc: 0.58, seeds: { figure2: 3, figure11: 6 } },
  /** Section 5: the training loss at the end, "an average value of 0.7"; Equation 1 solved for guessing: 0.69. */
  trainingLoss: { atTheEnd: 0.7, guessing: 0.69 },
  resnet10Seeds: 10,
  /** Section 2: what others reported. Accuracy, sensitivity and specificity as shares; the competition's best as an AUC. */
  priorWork: {
    chang: { accuracy: 0.83, folds: 5 },
    yogananda: { accuracy: 0.9473, folds: 3, sensitivity: 0.9631, specificity: 0.9166 },
    korfiatis: { accuracy: 0.949 },
    hanKamdar: { accuracy: 0.62, precision: 0.67, recall: 0.67 },
    competition: { auc: 0.62 },
  },
} as const;
