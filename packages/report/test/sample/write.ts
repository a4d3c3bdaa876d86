// Writes the sample page to look at: node --conditions=@mgmt/source --import @swc-node/register/esm-register packages/report/test/sample/write.ts FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderMarkdownSummary, renderPage } from '../../src/index.js';
import { samplePage } from './samplePage.js';
import { statisticsSection } from './statisticsSection.js';
import { tuningSection } from './tuningSection.js';

const folder = process.argv[2] ?? 'results/report-sample';
const sample = samplePage();
const page = { ...sample, sections: [...sample.sections, statisticsSection(), tuningSection()] };
mkdirSync(join(folder, 'figures'), { recursive: true });
writeFileSync(join(folder, 'index.html'), renderPage(page));
writeFileSync(join(folder, 'summary.md'), renderMarkdownSummary(page));
for (const block of page.sections.flatMap(({ blocks }) => blocks)) {
  const figures = block.kind === 'figure' ? [block.figure] : block.kind === 'figures' ? block.figures : [];
  for (const { id, svg } of figures) writeFileSync(join(folder, 'figures', `${id}.svg`), svg);
}
