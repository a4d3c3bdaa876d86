import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { aucForest, renderPage, tableToCsv, type Page } from '../../src/index.js';
import { contentSecurityPolicy, pageStyle } from '../../src/page/pageStyle.js';
import { hostileText } from '../figures/hostile.js';
import { samplePage } from '../sample/samplePage.js';

const sample = samplePage();
const html = renderPage(sample);
const { document } = parseHTML(html);
const list = (selector: string) => [...document.querySelectorAll(selector)];

const small = (blocks: Page['sections'][number]['blocks']): Page => ({ ...sample, sections: [{ id: 'only', heading: 'Only', blocks }] });
const rendered = (page: Page) => parseHTML(renderPage(page)).document;

describe('renderPage', () => {
  it('says first of all on what data, which version, which backend and when', () => {
    const first = document.body.querySelector('p, h1, h2, table, figure')!;
    expect(first.className).toBe('provenance');
    expect(first.textContent).toBe(
      'Made from invented numbers that show what a page looks like mgmt 0.1.0 TensorFlow 2.21.0 on 2 CPU cores 2026-11-23 21:23 UTC',
    );
  });

  it('answers before anything else', () => {
    expect(list('main p, main table, main figure')[0]!.textContent).toBe(sample.answer.headline);
  });

  it('refers to nothing outside itself', () => {
    expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|@import|<script|srcset|<link(?! rel="icon" href="data:,")/i,
    );
    for (const element of list('[src], [href]')) expect(element.getAttribute('href') ?? element.getAttribute('src')).toMatch(/^(#|data:)/);
  });

  it('allows its own style sheet and nothing more', () => {
    expect(document.querySelector('meta[http-equiv]')!.getAttribute('content')).toBe(contentSecurityPolicy);
    expect(contentSecurityPolicy).toContain(`'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`);
    expect(contentSecurityPolicy).not.toContain('unsafe');
    expect(list('style')).toHaveLength(1);
    expect(html).toContain(`<style>${pageStyle}</style>`);
    expect(list('[style]')).toHaveLength(0);
  });

  it('uses every id once, and every anchor leads somewhere', () => {
    const ids = list('[id]').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = list('a[href^="#"]').map((link) => link.getAttribute('href')!.slice(1));
    const references = list('[aria-labelledby]').flatMap((element) => element.getAttribute('aria-labelledby')!.split(' '));
    expect(ids).toEqual(expect.arrayContaining([...targets, ...references]));
  });

  it('goes down the headings one step at a time', () => {
    const levels = list('h1, h2, h3, h4').map(({ tagName }) => Number(tagName[1]));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, i) => expect(level - levels[i]!).toBeLessThanOrEqual(1));
  });

  it('numbers figures and tables in the order of reading, each table of a figure to download', () => {
    expect(list('figure:not(.table) figcaption strong').map(({ textContent }) => textContent)).toEqual(
      Array.from({ length: 9 }, (_, i) => `Figure ${i + 1}`),
    );
    expect(list('figure.table figcaption strong').map(({ textContent }) => textContent)).toEqual(['Table 1', 'Table 2', 'Table 3']);
    const link = document.querySelector('#auc-forest .download')!;
    const block = sample.sections[1]!.blocks[1]!;
    expect(link.getAttribute('download')).toBe('auc-forest.csv');
    expect(Buffer.from(link.getAttribute('href')!.split(',')[1]!, 'base64').toString()).toBe(
      block.kind === 'figure' ? tableToCsv(block.figure.table) : '',
    );
  });

  it('lets every wide thing be scrolled from the keyboard', () => {
    for (const wide of list('table, .mgmt-figure')) expect(wide.parentElement!.getAttribute('tabindex')).toBe('0');
  });

  it('heads every table’s columns and rows', () => {
    for (const table of list('table')) {
      expect(table.querySelectorAll('thead th[scope=col]').length).toBeGreaterThan(1);
      for (const row of table.querySelectorAll('tbody tr')) expect(row.querySelectorAll('th[scope=row]')).toHaveLength(1);
    }
  });

  it('gives a verdict by word, not by color alone', () => {
    expect(list('.verdict').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['● agrees', '▲ differs', '○ cannot tell']),
    );
  });

  it('aligns a column of numbers, and writes a true minus', () => {
    const page = small([
      {
        kind: 'table',
        caption: 'c',
        columns: [{ name: 'a' }, { name: 'b', digits: 2 }],
        rows: [
          ['x', -0.5],
          ['y', null],
        ],
      },
    ]);
    expect([...rendered(page).querySelectorAll('td.number')].map(({ textContent }) => textContent)).toEqual(['−0.50', '–']);
  });

  it('says so where a table has no row', () => {
    const page = small([{ kind: 'table', caption: 'Set aside', columns: [{ name: 'a' }], rows: [], empty: 'No case was set aside.' }]);
    expect(rendered(page).querySelector('.empty')!.textContent).toBe('No case was set aside.');
  });

  it('shows hostile text as text, wherever it comes in', () => {
    const shape = (html: string) =>
      [...parseHTML(html).document.querySelectorAll('*')].map(({ tagName, attributes }) => `${tagName} ${attributes.length}`);
    const pageOf = (text: string): Page => ({
      title: text,
      provenance: { data: text, version: text, backend: text, when: text },
      answer: { headline: text, detail: text, numbers: [{ label: text, value: text, note: `${text}.` }] },
      sections: [
        {
          id: 'one',
          heading: text,
          blocks: [
            { kind: 'paragraph', text: [text, { em: text }, { code: text }, { anchor: text, text }] },
            { kind: 'heading', text },
            { kind: 'table', caption: text, columns: [{ name: text }], rows: [[text]], empty: text },
            {
              kind: 'comparison',
              caption: text,
              rule: text,
              rows: [{ name: text, anchor: text, paper: text, ours: text, verdict: 'agrees', reason: text }],
            },
            {
              kind: 'figure',
              figure: {
                ...aucForest({ rows: [{ name: 'x', paper: 0.5 }] }),
                title: text,
                caption: text,
                table: { columns: [{ name: text }], rows: [[text]] },
              },
            },
            { kind: 'definitions', items: [{ term: text, definition: text }] },
            { kind: 'code', text },
            { kind: 'notice', tone: 'warning', text },
            { kind: 'details', summary: text, blocks: [{ kind: 'code', text }] },
          ],
        },
      ],
    });
    const harmless = shape(renderPage(pageOf('plain')));
    fc.assert(
      fc.property(hostileText, (text) => expect(shape(renderPage(pageOf(text)))).toEqual(harmless)),
      { numRuns: 60 },
    );
  });

  it('refuses two parts with one id, and an id that is no plain word', () => {
    const figure = aucForest({ rows: [{ name: 'x', paper: 0.5 }] });
    expect(() => renderPage(small([{ kind: 'figures', figures: [figure, figure] }]))).toThrow(/report\/duplicate-id.*\n.*found auc-forest/);
    expect(() => renderPage({ ...sample, sections: [{ id: '"><x', heading: '', blocks: [] }] })).toThrow(/report\/bad-id/);
  });

  it('folds details away, numbers what is in them, and holds their ids to the same rule', () => {
    const figure = aucForest({ rows: [{ name: 'x', paper: 0.5 }] });
    const folded: Page['sections'][number]['blocks'][number] = { kind: 'details', summary: 'More', blocks: [{ kind: 'figure', figure }] };
    const page = rendered(small([{ kind: 'figure', figure: { ...figure, id: 'first' } }, folded]));
    expect(page.querySelector('details summary')!.textContent).toBe('More');
    expect(page.querySelector('details figcaption strong')!.textContent).toBe('Figure 2');
    expect(page.querySelector('details')!.hasAttribute('open')).toBe(false);
    expect(() => renderPage(small([{ kind: 'figure', figure }, folded]))).toThrow(/report\/duplicate-id/);
    expect(() => renderPage(small([{ kind: 'figure', figure: { ...figure, id: 'table-1' } }]))).toThrow(/report\/duplicate-id/);
  });

  it('is small, and the same whenever it is made', () => {
    expect(html.length).toBeLessThan(1_000_000);
    expect(renderPage(samplePage())).toBe(html);
  });
});
