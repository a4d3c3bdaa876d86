import { architectureDiagram } from '../../src/index.js';
import { sampleGraph } from '../sample/sampleTuning.js';
import { select, texts } from './select.js';

const corner = (element: Element) => /translate\(([\d.-]+),([\d.-]+)\)/.exec(element.getAttribute('transform')!)!.slice(1).map(Number);

describe('architectureDiagram', () => {
  const graph = sampleGraph();
  const figure = architectureDiagram(graph);

  it('has a box a part, a line an edge, an arc a way around, and counts repetitions', () => {
    expect(select(figure, '.part')).toHaveLength(graph.nodes.length);
    expect(select(figure, '.flow')).toHaveLength(graph.edges.length);
    expect(select(figure, '.skip')).toHaveLength(4);
    expect(texts(figure).filter((text) => text === '× 2')).toHaveLength(2);
  });

  it('puts branches side by side and their join in the middle, below both', () => {
    const [left, right] = select(figure, '.part.input').map(corner);
    const [join] = select(figure, '.part.join').map(corner);
    expect(left![1]).toBe(right![1]);
    expect(join![0]).toBeCloseTo((left![0]! + right![0]!) / 2, 1);
    expect(join![1]).toBeGreaterThan(left![1]!);
  });

  it('keeps everything within its width', () => {
    const width = Number(select(figure, 'svg')[0]!.getAttribute('width'));
    expect(Math.max(...select(figure, '.part').map((part) => corner(part)[0]!))).toBeLessThan(width - 300);
  });

  it('leads an edge that skips layers around the boxes between', () => {
    const [a, b] = [graph.nodes[0]!, graph.nodes[4]!];
    const chain = { nodes: graph.nodes.slice(0, 5), edges: [...graph.edges.slice(0, 4), { from: a.id, to: b.id }] };
    const paths = select(architectureDiagram(chain), '.flow').map((flow) => flow.querySelector('path')!.getAttribute('d')!);
    expect(paths.filter((d) => d.includes('H'))).toHaveLength(1);
  });

  it('says the parameters of all', () => {
    expect(figure.caption).toContain('462,593 parameters');
  });
});
