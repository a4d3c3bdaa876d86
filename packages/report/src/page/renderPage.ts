import { MgmtError } from '@mgmt/core';
import { escapeText } from '../escape.js';
import { checkId } from '../svg.js';
import { contentSecurityPolicy, pageStyle } from './pageStyle.js';
import { readableTime, type Answer, type Page, type Provenance, type Section } from './page.js';
import { pageFigures } from './pageTables.js';
import { renderBlock, type Counters } from './renderBlock.js';

/**
 * A page as one HTML file that needs nothing else: no network, no script, no second file. It opens from disk, prints, and follows the reader's
 * choice of light or dark.
 *
 * @returns the file's text
 * @throws `MgmtError` `report/bad-id` (an id of a section or figure is no plain word) and `report/duplicate-id`
 */
export function renderPage(page: Page): string {
  checkIds(page);
  const counters: Counters = { figure: 0, table: 0 };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeText(page.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
${renderProvenance(page.provenance)}
<h1>${escapeText(page.title)}</h1>
</header>
<main>
${renderAnswer(page.answer)}
${renderContents(page.sections)}
${page.sections.map((section) => renderSection(section, counters, page.sections.length > 1)).join('\n')}
</main>
</body>
</html>
`;
}

function renderProvenance({ data, version, backend, when }: Provenance): string {
  const time = `<time datetime="${escapeText(when)}">${escapeText(readableTime(when))}</time>`;
  return `<p class="provenance">Made from <strong>${escapeText(data)}</strong> <span>${escapeText(version)}</span> <span>${escapeText(backend)}</span> <span>${time}</span></p>`;
}

function renderAnswer({ headline, detail, numbers = [] }: Answer): string {
  const list = numbers.map(
    ({ label, value, note }) =>
      `<div><dt>${escapeText(label)}</dt><dd><span class="value">${escapeText(value)}</span>${note ? `<span class="note">${escapeText(note)}</span>` : ''}</dd></div>`,
  );
  return `<section class="answer" aria-labelledby="answer">
<h2 id="answer">Answer</h2>
<p class="headline">${escapeText(headline)}</p>
<p>${escapeText(detail)}</p>
${list.length > 0 ? `<dl class="numbers">${list.join('')}</dl>` : ''}
</section>`;
}

function renderContents(sections: readonly Section[]): string {
  if (sections.length < 2) return '';
  const items = sections.map(({ id, heading }) => `<li><a href="#${id}">${escapeText(heading)}</a></li>`);
  return `<nav id="contents" aria-label="Contents"><ol>${items.join('')}</ol></nav>`;
}

function renderSection({ id, heading, blocks }: Section, counters: Counters, hasContents: boolean): string {
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeText(heading)}</h2>
${blocks.map((block) => renderBlock(block, counters)).join('\n')}
${hasContents ? '<p class="up"><a href="#contents">Contents</a></p>\n' : ''}</section>`;
}

/** Ids are anchors, names of downloads and what a figure's description hangs on: each once. */
function checkIds(page: Page): void {
  const seen = new Set(['answer', 'contents']);
  for (const { id } of [...page.sections, ...pageFigures(page)]) {
    checkId(id);
    if (seen.has(id) || /^table-\d+$/.test(id))
      throw new MgmtError('two parts of a page have the same id', {
        code: 'report/duplicate-id',
        found: id,
        hint: 'give the figure an `id` of its own',
      });
    seen.add(id);
  }
}
