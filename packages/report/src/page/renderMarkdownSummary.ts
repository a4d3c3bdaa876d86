import { formatNumber, type Cell, type DataTable } from '../dataTable.js';
import { replaceForbidden } from '../escape.js';
import { plainText, readableTime, type Block, type Page } from './page.js';
import { comparisonAsTable } from './pageTables.js';

/** The page without its pictures, as GitHub's Markdown: for a terminal, a pull request, a model's card. Figures are given in words. */
export function renderMarkdownSummary({ title, provenance, answer, sections }: Page): string {
  const { data, version, backend, when } = provenance;
  const head = [
    `Made from **${inline(data)}** · ${inline(version)} · ${inline(backend)} · ${inline(readableTime(when))}`,
    `# ${inline(title)}`,
    `**${inline(answer.headline)}**`,
    inline(answer.detail),
    ...(answer.numbers ?? []).map(({ label, value, note }) => `- ${inline(label)}: ${inline(value)}${note ? ` (${inline(note)})` : ''}`),
  ];
  const body = sections.flatMap(({ heading, blocks }) => [`## ${inline(heading)}`, ...blocks.map(blockToMarkdown)]);
  return `${[...head, ...body].join('\n\n').replace(/\n\n(?=- )/g, '\n')}\n`;
}

function blockToMarkdown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inline(plainText(block.text));
    case 'heading':
      return `### ${inline(block.text)}`;
    case 'table':
      return `${inline(block.caption)}\n\n${block.rows.length === 0 ? inline(block.empty ?? 'None.') : tableToMarkdown(block)}`;
    case 'comparison':
      return `${inline(block.caption)}\n\n${tableToMarkdown(comparisonAsTable(block))}\n\n${inline(block.rule)}`;
    case 'figure':
      return `*${inline(block.figure.title)}.* ${inline(block.figure.alt)}`;
    case 'figures':
      return block.figures.map(({ title, alt }) => `*${inline(title)}.* ${inline(alt)}`).join('\n\n');
    case 'definitions':
      return block.items.map(({ term, definition }) => `- ${inline(term)}: ${inline(definition)}`).join('\n');
    case 'code':
      return fenced(block.text);
    case 'notice':
      return `> **${block.tone === 'warning' ? 'Warning' : 'Note'}** ${inline(plainText(block.text))}`;
    case 'details':
      return [`**${inline(block.summary)}**`, ...block.blocks.map(blockToMarkdown)].join('\n\n');
    default:
      return block satisfies never;
  }
}

function tableToMarkdown({ columns, rows }: DataTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ name }) => inline(name))),
    line(columns.map((_, i) => (rows.every((row) => typeof row[i] !== 'string') ? '--:' : '---'))),
    ...rows.map((row) => line(row.map((cell, i) => cellText(cell, columns[i]?.digits)))),
  ].join('\n');
}

function cellText(cell: Cell, digits: number | undefined): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? formatNumber(cell, digits) : inline(cell);
}

/** Text on one line with everything that Markdown or HTML would obey made harmless. */
function inline(text: string): string {
  return replaceForbidden(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A fence longer than any run of backticks inside it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${replaceForbidden(text)}\n${fence}`;
}
