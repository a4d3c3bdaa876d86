import { type Checklist, filled, onPhantom, open, overSeeds, withVersions } from './checklist.js';

const NOT_RECORDED = 'not in the records: a fact about the cohort that its publisher knows';
const AUTHORS = 'for the authors of a publication';
const PHANTOM = 'a phantom: the label was drawn, and the image made from it';

/** CLAIM, the Checklist for Artificial Intelligence in Medical Imaging, in its update of 2024. */
export const CLAIM_2024: Checklist = {
  name: 'CLAIM 2024',
  source: 'Tejani et al., Radiology: Artificial Intelligence 2024, doi:10.1148/ryai.240300',
  items: [
    { number: '1', text: 'Title or abstract names the study as one of AI, and the kind of method', fulfilment: filled('title') },
    { number: '2', text: 'Summary of design, methods, results and conclusions', fulfilment: filled('Answer') },
    { number: '3', text: 'Background, and the intended use and role of the method', fulfilment: open(AUTHORS) },
    { number: '4', text: 'Aims, objectives and hypotheses', fulfilment: filled('title, and the first paragraph of each study') },
    { number: '5', text: 'Prospective or retrospective', fulfilment: onPhantom('neither: made-up data', NOT_RECORDED) },
    { number: '6', text: 'Goal of the study', fulfilment: filled('first paragraph of each study') },
    { number: '7', text: 'Sources of the data', fulfilment: onPhantom('first line', NOT_RECORDED) },
    { number: '8', text: 'Who was included and excluded, how and where', fulfilment: filled('Cases') },
    { number: '9', text: 'Preprocessing, so that it can be repeated', fulfilment: filled('Methods') },
    { number: '10', text: 'How parts of the data, such as slices, were chosen', fulfilment: filled('Methods') },
    { number: '11', text: 'How identities were removed', fulfilment: onPhantom('there are none', NOT_RECORDED) },
    { number: '12', text: 'How missing data were handled', fulfilment: filled('Cases: a case that lacks what a study needs is set aside') },
    {
      number: '13',
      text: 'Protocol of image acquisition',
      fulfilment: open('vendors and planes are counted; sequence parameters are not recorded'),
    },
    { number: '14', text: 'Definition of the reference standard', fulfilment: onPhantom(PHANTOM, NOT_RECORDED) },
    { number: '15', text: 'Why this reference standard', fulfilment: open(AUTHORS) },
    { number: '16', text: 'Who annotated, and how qualified', fulfilment: onPhantom(PHANTOM, NOT_RECORDED) },
    { number: '17', text: 'How the test set was annotated', fulfilment: onPhantom(PHANTOM, NOT_RECORDED) },
    { number: '18', text: 'Variability between and within annotators', fulfilment: onPhantom('none: labels are drawn', NOT_RECORDED) },
    { number: '19', text: 'How cases were assigned to partitions', fulfilment: filled('Methods') },
    { number: '20', text: 'Level at which partitions are disjoint', fulfilment: filled('Methods: by patient') },
    {
      number: '21',
      text: 'Intended size of the test sample, and how it was reached',
      fulfilment: open('the size is what the data give; no calculation precedes it'),
    },
    { number: '22', text: 'The model in full: inputs, outputs, layers', fulfilment: filled('Methods, with the config of the run') },
    { number: '23', text: 'Libraries and packages with versions', fulfilment: withVersions('How to run it again') },
    { number: '24', text: 'How weights began', fulfilment: filled('Methods') },
    {
      number: '25',
      text: 'Training: augmentation, hyperparameters, number of models',
      fulfilment: filled('Methods, with the config of the run'),
    },
    { number: '26', text: 'How the final model was chosen', fulfilment: filled('Methods: the last epoch') },
    { number: '27', text: 'Ensembling', fulfilment: filled('none: seeds are scored one by one') },
    { number: '28', text: 'Metrics of performance', fulfilment: filled('each study') },
    { number: '29', text: 'Measures of significance and uncertainty', fulfilment: filled('Methods, and an interval beside each AUC') },
    { number: '30', text: 'Analysis of robustness or sensitivity', fulfilment: overSeeds('each study: the spread over seeds') },
    {
      number: '31',
      text: 'Methods of explanation, and how they were validated',
      fulfilment: open('none on this page; "mgmt case" makes maps of one case'),
    },
    { number: '32', text: 'Evaluation on internal data', fulfilment: filled('each study: the validation cases') },
    { number: '33', text: 'Testing on external data', fulfilment: open('none: training and validation cases are of one cohort') },
    { number: '34', text: 'Registration of a clinical trial', fulfilment: open(AUTHORS) },
    { number: '35', text: 'Numbers included and excluded', fulfilment: filled('Cases') },
    {
      number: '36',
      text: 'Demographic and clinical characteristics of each partition',
      fulfilment: onPhantom('none: made-up heads', 'only classes and vendors are read; age, sex and clinic are not'),
    },
    { number: '37', text: 'Performance, with its uncertainty, on each partition', fulfilment: filled('each study') },
    { number: '38', text: 'Diagnostic performance and its precision', fulfilment: filled('each study: AUCs with intervals') },
    { number: '39', text: 'Analysis of the cases that were got wrong', fulfilment: open('not done: cases are not looked at one by one') },
    { number: '40', text: 'Limitations', fulfilment: filled('Answer, and the verdict of each row of the comparison') },
    { number: '41', text: 'What it means for practice', fulfilment: open(AUTHORS) },
    {
      number: '42',
      text: 'Where the full protocol or further detail stands',
      fulfilment: filled('How to run it again: the command, and a folder for each run'),
    },
    {
      number: '43',
      text: 'Where software, model and data are to be had',
      fulfilment: onPhantom('How to run it again: all of it is made anew; weights lie in each run’s folder', NOT_RECORDED),
    },
    { number: '44', text: 'Funding, and the role of funders', fulfilment: open(AUTHORS) },
  ],
};
