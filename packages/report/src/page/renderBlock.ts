import { csvDataUri } from '../csv.js';
import { escapeText } from '../escape.js';
import type { Figure } from '../figure.js';
import { figureStyle } from '../inks.js';
import type { Block, Prose } from './page.js';
import { renderComparison, renderTable } from './renderTable.js';

/** How many figures and tables the page has so far: they are numbered in the order of reading. */
export interface Counters {
  figure: number;
  table: number;
}

/** One block as HTML. */
export function renderBlock(block: Block, counters: Counters): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${renderProse(block.text)}</p>`;
    case 'heading':
      return `<h3>${escapeText(block.text)}</h3>`;
    case 'table':
      return renderTable(block, ++counters.table);
    case 'comparison':
      return renderComparison(block, ++counters.table);
    case 'figure':
      return renderFigure(block.figure, ++counters.figure);
    case 'figures':
      return `<div class="figures">${block.figures.map((figure) => renderFigure(figure, ++counters.figure)).join('\n')}</div>`;
    case 'definitions':
      return `<dl class="definitions">${block.items
        .map(({ term, definition }) => `<dt>${escapeText(term)}</dt><dd>${escapeText(definition)}</dd>`)
        .join('')}</dl>`;
    case 'code':
      return `<pre tabindex="0"><code>${escapeText(block.text)}</code></pre>`;
    case 'notice':
      return `<p class="notice ${block.tone}" role="note"><strong>${block.tone === 'warning' ? 'Warning' : 'Note'}</strong> ${renderProse(block.text)}</p>`;
    case 'details':
      return `<details><summary>${escapeText(block.summary)}</summary>
${block.blocks.map((inner) => renderBlock(inner, counters)).join('\n')}
</details>`;
    default:
      return block satisfies never;
  }
}

function renderProse(prose: Prose): string {
  if (typeof prose === 'string') return escapeText(prose);
  return prose
    .map((piece) => {
      if (typeof piece === 'string') return escapeText(piece);
      if ('em' in piece) return `<em>${escapeText(piece.em)}</em>`;
      if ('code' in piece) return `<code>${escapeText(piece.code)}</code>`;
      return `<a href="#${escapeText(piece.anchor)}">${escapeText(piece.text)}</a>`;
    })
    .join('');
}

/** The SVG goes in as it is, but for its style sheet, which the page has once. */
function renderFigure({ id, svg, title, caption, table }: Figure, number: number): string {
  return `<figure id="${id}">
<div class="scroll" role="group" tabindex="0" aria-labelledby="${id}-caption">${svg.replace(figureStyle, '')}</div>
<figcaption><span id="${id}-caption"><strong>Figure ${number}</strong> <b>${escapeText(title)}</b></span> ${escapeText(caption)}
<a class="download" download="${id}.csv" href="${csvDataUri(table)}">Data of figure ${number} (CSV)</a></figcaption>
</figure>`;
}
