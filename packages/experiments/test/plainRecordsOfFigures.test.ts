import { changResnet, changResnetConfig, resnet, resnet18Config } from '@mgmt/models-cnn';
import { model, modelGraph, selectBackend, type ModelGraph } from '@mgmt/nn';
import { architectureDiagram, optimizationHistory, type ArchitectureGraph, type TunedStudy } from '@mgmt/report';
import { encoderOf, pretrainingConfig, projectionHead } from '@mgmt/ssl-simclr';
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

it('draws the encoder of SimCLR with its projection head', async () => {
  await selectBackend({ force: 'cpu' });
  const encoder = encoderOf(resnet({ ...resnet18Config, width: 8, spatial: [64, 64] }));
  const contrastive = model(encoder.inputs[0]!, projectionHead(encoder.outputs[0]!, { ...pretrainingConfig.projection, seed: 0 }));
  const graph = modelGraph(contrastive);
  const figure = architectureDiagram(asGraph(graph));
  expect(graph.nodes.slice(-2).map(({ outputShape }) => outputShape.at(-1))).toEqual([512, 128]);
  expect(figure.alt).toContain('128');
  contrastive.dispose();
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
