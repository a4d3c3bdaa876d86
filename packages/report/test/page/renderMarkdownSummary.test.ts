import fc from 'fast-check';
import { renderMarkdownSummary, type Page } from '../../src/index.js';
import { hostileText } from '../figures/hostile.js';
import { samplePage } from '../sample/samplePage.js';

const sample = samplePage();
const lines = renderMarkdownSummary(sample).split('\n');

describe('renderMarkdownSummary', () => {
  it('begins with where it comes from, the question and the answer', () => {
    expect(lines[0]).toBe(
      'Made from **invented numbers that show what a page looks like** · mgmt 0.1.0 · TensorFlow 2.21.0 on 2 CPU cores · 2026-11-23 21:23 UTC',
    );
    expect(lines[2]).toBe(`# ${sample.title}`);
    expect(lines[4]).toBe(`**${sample.answer.headline}**`);
  });

  it('has the comparison as a table', () => {
    expect(lines).toContain('| Result | Paper | Ours | 95 % interval | Verdict | Why |');
    expect(lines).toContain('| Training loss, last epoch | 0.70 | 0.69 | – | agrees | both at the loss of guessing |');
  });

  it('gives figures in words', () => {
    expect(lines.some((line) => line.startsWith('*Area under the ROC curve, with its interval.* Forest plot'))).toBe(true);
  });

  it('lets no text become markup, a row or a cell', () => {
    const pageOf = (text: string): Page => ({
      ...sample,
      sections: [
        { id: 'a', heading: text, blocks: [{ kind: 'table', caption: text, columns: [{ name: text }, { name: 'b' }], rows: [[text, 1]] }] },
      ],
    });
    const cells = (text: string) =>
      renderMarkdownSummary(pageOf(text))
        .split('\n')
        .slice(-4)
        .map((line) => line.replace(/\\./g, '').split('|').length);
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(cells(text)).toEqual(cells('plain'));
        expect(renderMarkdownSummary(pageOf(text))).not.toMatch(/<[a-z!/]/i);
      }),
    );
  });

  it('fences code with more backticks than it holds', () => {
    const page: Page = { ...sample, sections: [{ id: 'a', heading: 'a', blocks: [{ kind: 'code', text: '```\nx\n```' }] }] };
    expect(renderMarkdownSummary(page)).toContain('````\n```\nx\n```\n````');
  });
});
