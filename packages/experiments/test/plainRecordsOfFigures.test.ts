import { changResnet, changResnetConfig } from '@mgmt/models-cnn';
import { modelGraph, selectBackend, type ModelGraph } from '@mgmt/nn';
import { architectureDiagram, optimizationHistory, type ArchitectureGraph, type TunedStudy } from '@mgmt/report';
import type { StudyRecord } from '@mgmt/tuning';

// The report imports nothing that makes its records: here their types meet.
const asGraph = (graph: ModelGraph): ArchitectureGraph => graph;
const asStudy = (study: StudyRecord): TunedStudy => study;

it('draws the architecture of a network from the network', async () => {
  await selectBackend({ force: 'cpu' });
  const network = changResnet(changResnetConfig);
  const figure = architectureDiagram(asGraph(modelGraph(network)));
  network.dispose();
  expect(figure.caption).toContain('231,809 parameters');
});

it('draws a search from its record', () => {
  const trial = {
    number: 0,
    state: 'complete',
    value: 1,
    params: {},
    distributions: {},
    intermediate: [],
    attributes: {},
    systemAttributes: {},
  } as const;
  const figure = optimizationHistory(asStudy({ name: 'search', direction: 'minimize', trials: [trial], best: 0, parameters: {} }));
  expect(figure.table.rows).toEqual([[0, 'complete', 1, 1]]);
});
