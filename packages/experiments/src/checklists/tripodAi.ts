import { type Checklist, filled, onPhantom, open, whereLooked } from './checklist.js';

const NOT_RECORDED = 'not in the records: a fact about the cohort that its publisher knows';
const AUTHORS = 'for the authors of a publication';
const PHANTOM = 'a phantom: the label was drawn, and the image made from it';
const NO_PATIENTS = 'no patients: made-up heads';

/** TRIPOD+AI: reports of prediction models by regression or machine learning. */
export const TRIPOD_AI: Checklist = {
  name: 'TRIPOD+AI',
  source: 'Collins et al., BMJ 2024;385:e078378, doi:10.1136/bmj-2023-078378',
  items: [
    {
      number: '1',
      text: 'Title says that a prediction model is developed or evaluated, for whom and what outcome',
      fulfilment: open('the title is a question; it does not name the population'),
    },
    { number: '2', text: 'Abstract by its own checklist', fulfilment: open(AUTHORS) },
    { number: '3a', text: 'Health context and reason, with existing models', fulfilment: open(AUTHORS) },
    { number: '3b', text: 'Whom it is for, and its place in care', fulfilment: open(AUTHORS) },
    { number: '3c', text: 'Known inequalities of health', fulfilment: open(AUTHORS) },
    { number: '4', text: 'Objectives: development, validation or both', fulfilment: filled('first paragraph of each study') },
    { number: '5a', text: 'Sources of the data for development and evaluation', fulfilment: onPhantom('first line', NOT_RECORDED) },
    { number: '5b', text: 'Dates of the data', fulfilment: onPhantom(NO_PATIENTS, NOT_RECORDED) },
    { number: '6a', text: 'Setting, number and place of centers', fulfilment: onPhantom(NO_PATIENTS, NOT_RECORDED) },
    { number: '6b', text: 'Who was eligible', fulfilment: filled('Cases') },
    { number: '6c', text: 'Treatments received', fulfilment: onPhantom(NO_PATIENTS, NOT_RECORDED) },
    { number: '7', text: 'Preparation and checks of the data', fulfilment: whereLooked('The data, and Methods') },
    { number: '8a', text: 'Outcome, and how and when it was assessed', fulfilment: onPhantom(PHANTOM, NOT_RECORDED) },
    { number: '8b', text: 'Who assessed an outcome that needs judgement', fulfilment: onPhantom(PHANTOM, NOT_RECORDED) },
    { number: '8c', text: 'Whether the assessment was blind', fulfilment: onPhantom(PHANTOM, NOT_RECORDED) },
    { number: '9a', text: 'Choice of the first predictors', fulfilment: filled('Methods: the voxels of the series that is named') },
    { number: '9b', text: 'Predictors, and how and when they were measured', fulfilment: onPhantom('Methods', NOT_RECORDED) },
    { number: '9c', text: 'Who assessed predictors that need judgement', fulfilment: filled('none: voxels are read by program') },
    {
      number: '10',
      text: 'How the sample’s size was come to',
      fulfilment: open('the size is what the data give; no calculation precedes it'),
    },
    { number: '11', text: 'Missing data', fulfilment: filled('Cases: a case that lacks what a study needs is set aside') },
    { number: '12a', text: 'How the data served development and evaluation', fulfilment: filled('Methods') },
    { number: '12b', text: 'How predictors were transformed', fulfilment: filled('Methods') },
    {
      number: '12c',
      text: 'Kind of model, how it was built and tuned, internal validation',
      fulfilment: filled('Methods, with the config of the run'),
    },
    { number: '12d', text: 'Differences between clusters such as hospitals', fulfilment: open('not analyzed') },
    { number: '12e', text: 'Measures of performance', fulfilment: filled('Methods, and each study') },
    { number: '12f', text: 'Updating of the model after evaluation', fulfilment: filled('none was done') },
    { number: '12g', text: 'How predictions are computed', fulfilment: filled('Methods; weights lie in each run’s folder') },
    { number: '13', text: 'Imbalance of classes', fulfilment: filled('none corrected: the class counts stand beside the comparison') },
    { number: '14', text: 'Fairness', fulfilment: open('not analyzed: groups of patients are not read from the data') },
    {
      number: '15',
      text: 'What the model gives, and how classes and thresholds come about',
      fulfilment: filled('each study: probabilities of class 1; no threshold is used'),
    },
    {
      number: '16',
      text: 'Differences between the data of development and of evaluation',
      fulfilment: filled('Methods: one cohort, split at random by patient'),
    },
    { number: '17', text: 'Approval by an ethics committee, and consent', fulfilment: onPhantom(NO_PATIENTS, AUTHORS) },
    { number: '18a', text: 'Funding', fulfilment: open(AUTHORS) },
    { number: '18b', text: 'Conflicts of interest', fulfilment: open(AUTHORS) },
    { number: '18c', text: 'Protocol', fulfilment: open(AUTHORS) },
    { number: '18d', text: 'Registration', fulfilment: open(AUTHORS) },
    {
      number: '18e',
      text: 'Access to the data',
      fulfilment: onPhantom('How to run it again: the phantom is made anew from its seed', NOT_RECORDED),
    },
    { number: '18f', text: 'Access to the code', fulfilment: filled('How to run it again') },
    { number: '19', text: 'Involvement of patients and the public', fulfilment: open(AUTHORS) },
    { number: '20a', text: 'Flow of participants, with and without the outcome', fulfilment: filled('Cases') },
    {
      number: '20b',
      text: 'Characteristics of participants, by source',
      fulfilment: onPhantom(NO_PATIENTS, 'only classes and vendors are read; age, sex and clinic are not'),
    },
    { number: '20c', text: 'Predictors in evaluation compared with development', fulfilment: open('not compared') },
    { number: '21', text: 'Participants and outcomes in each analysis', fulfilment: filled('Cases, and the class counts of each study') },
    { number: '22', text: 'The full model, so that it can be used', fulfilment: filled('weights and config in each run’s folder') },
    { number: '23a', text: 'Performance with intervals, for groups too', fulfilment: filled('each study; no groups') },
    { number: '23b', text: 'Performance by cluster', fulfilment: open('not analyzed') },
    { number: '24', text: 'Results of updating', fulfilment: filled('none was done') },
    { number: '25', text: 'Interpretation, with fairness, in the light of earlier studies', fulfilment: open(AUTHORS) },
    { number: '26', text: 'Limitations', fulfilment: filled('Answer, and the verdict of each row of the comparison') },
    { number: '27a', text: 'Inputs that are poor or missing at the time of use', fulfilment: open('no use is intended') },
    { number: '27b', text: 'What users must do and know', fulfilment: open('no use is intended') },
    { number: '27c', text: 'Next steps for research', fulfilment: open(AUTHORS) },
  ],
};
