import { rocAuc } from '@mgmt/evaluation';
import { resnet10SeedsFindings } from '../src/studies/resnet10SeedsFindings.js';
import { invented, inventedPlan } from './invented.js';

const records = (effect: number) => [0, 1, 2].map((seed) => invented(seed, { effect }));

describe('the findings of resnet10-seeds', () => {
  it('say that nothing was found where scores and labels have nothing to do with each other', () => {
    const found = resnet10SeedsFindings(records(0), inventedPlan(records(0)));
    expect(found.headline).toMatch(/^No connection was found: 3 networks/);
    expect(found.results).toMatchObject({ verdict: 'no connection found' });
  });

  it('say that a connection was found where there is one', () => {
    expect(resnet10SeedsFindings(records(3), inventedPlan(records(3))).headline).toMatch(/^A connection was found/);
  });

  it('are made from the predictions on the validation cases, not from the training log', () => {
    const [record] = records(0.5);
    const { results } = resnet10SeedsFindings([record!, record!], inventedPlan([record!, record!]));
    const validation = record!.predictions.filter((p) => p.set === 'validation');
    const auc = rocAuc(
      validation.map((p) => p.label as 0 | 1),
      validation.map((p) => p.probability),
    );
    expect(results).toMatchObject({ meanAuc: { value: auc }, seeds: [{ auc: { value: auc } }, { auc: { value: auc } }] });
  });

  it('are the same for the same records', () => {
    const of = () => resnet10SeedsFindings(records(0), inventedPlan(records(0), 0));
    expect(of()).toEqual(of());
  });

  it('draw the paper’s figures, each once', () => {
    const { sections } = resnet10SeedsFindings(records(0), inventedPlan(records(0), 0));
    const ids = sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure.id] : [])));
    expect(ids).toEqual(['auc-forest', 'figure-3', 'class-overlap', 'figure-12', 'roc-curves', 'test-predictions', 'loss-curves']);
  });

  it('say on a phantom that it says nothing about patients', () => {
    expect(resnet10SeedsFindings(records(0), inventedPlan(records(0), 0)).detail).toMatch(/made-up heads.*nothing about patients/);
  });
});
