/** The paper's own numbers that a study's page sets beside ours, each with where it stands. */
export const PAPER = {
  citation:
    'Saeed, Hardan, Abutalip, Yaqub: Is it Possible to Predict MGMT Promoter Methylation from Brain Tumor MRI Scans using Deep Learning Models? MIDL 2022',
  /** Table 2: the class distribution of the ResNet10 studies. */
  table2: { training: { 0: 222, 1: 246 }, validation: { 0: 56, 1: 61 } },
  /** Table 3: the AUC of five of the ten ResNet10 models. */
  table3: [0.57, 0.59, 0.54, 0.58, 0.57],
  /** Section 5: the training loss at the end, "an average value of 0.7"; Equation 1 solved for guessing: 0.69. */
  trainingLoss: { atTheEnd: 0.7, guessing: 0.69 },
  resnet10Seeds: 10,
} as const;
