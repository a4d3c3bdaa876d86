import { parseHTML } from 'linkedom';
import { pageFigures, pageTables, renderPage, tableToCsv } from '../../src/index.js';
import { samplePage } from '../sample/samplePage.js';

const sample = samplePage();
const { document } = parseHTML(renderPage(sample));

describe('pageTables', () => {
  it('holds the same bytes under the same name as each download of the page', () => {
    const links = [...document.querySelectorAll('.download')].map((link) => [
      link.getAttribute('download'),
      Buffer.from(link.getAttribute('href')!.split(',')[1]!, 'base64').toString(),
    ]);
    expect(links.length).toBeGreaterThan(10);
    expect(pageTables(sample).map(({ name, table }) => [`${name}.csv`, tableToCsv(table)])).toEqual(links);
  });
});

describe('pageFigures', () => {
  it('finds each figure in the order of reading, folded ones too', () => {
    const ids = [...document.querySelectorAll('figure[id]')].map(({ id }) => id);
    expect(pageFigures(sample).map(({ id }) => id)).toEqual(ids);
    const folded = {
      ...sample,
      sections: sample.sections.map((section) => ({
        ...section,
        blocks: [{ kind: 'details' as const, summary: 'all', blocks: section.blocks }],
      })),
    };
    expect(pageFigures(folded).map(({ id }) => id)).toEqual(ids);
  });
});
