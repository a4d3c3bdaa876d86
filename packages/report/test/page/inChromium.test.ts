import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { pageFigures, renderPage, tableToCsv, type Page } from '../../src/index.js';
import { samplePage } from '../sample/samplePage.js';
import { Chromium, chromiumPath } from './chromium.js';

const sample = samplePage();
const page: Page = {
  ...sample,
  sections: [
    ...sample.sections,
    { id: 'more', heading: 'More', blocks: [{ kind: 'details', summary: 'Folded', blocks: [{ kind: 'code', text: 'inside the fold' }] }] },
  ],
};

/** Skipped by name where there is no Chromium. */
const inChromium = chromiumPath ? describe : describe.skip;

inChromium('the page in Chromium', () => {
  let chromium: Chromium;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'));
    const file = join(folder, 'index.html');
    await writeFile(file, renderPage(page));
    chromium = await Chromium.start();
    await chromium.look(1600, 'light');
    await chromium.open(pathToFileURL(file).href);
  }, 60_000);

  afterAll(async () => {
    await chromium?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [900, 'light'],
    [1600, 'dark'],
  ] as const)('is %i pixels wide without a scroll bar of its own, every figure visible, %s', async (width, scheme) => {
    await chromium.look(width, scheme);
    expect(await chromium.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const boxes = await chromium.evaluate<number[][]>(
      `[...document.querySelectorAll('.mgmt-figure')].map((figure) => { const { width, height } = figure.getBoundingClientRect(); return [width, height]; })`,
    );
    expect(boxes).toHaveLength(9);
    for (const [boxWidth, boxHeight] of boxes) expect(Math.min(boxWidth!, boxHeight!)).toBeGreaterThan(50);
  });

  it('obeys its style sheet, and follows light and dark', async () => {
    const ground = async (scheme: 'light' | 'dark') => {
      await chromium.look(900, scheme);
      return chromium.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    };
    expect(await ground('light')).toBe('rgb(255, 255, 255)');
    expect(await ground('dark')).toBe('rgb(21, 23, 26)');
  });

  it('keeps the contents in sight beside a wide page', async () => {
    await chromium.look(1600, 'light');
    await chromium.evaluate('document.querySelector("#more").scrollIntoView()');
    const [top, right, column] = await chromium.evaluate<number[]>(
      `[document.querySelector('nav').getBoundingClientRect().top, document.querySelector('nav').getBoundingClientRect().right, document.querySelector('main').getBoundingClientRect().left]`,
    );
    expect(top).toBe(0);
    expect(right).toBeLessThanOrEqual(column!);
  });

  it('leads the keyboard through everything in the order of reading', async () => {
    await chromium.look(900, 'light');
    await chromium.evaluate('scrollTo(0, 0)');
    const focusable = `[...document.querySelectorAll('a[href], [tabindex="0"], summary')].filter((element) => element.matches('summary') || !element.closest('details:not([open])'))`;
    const count = await chromium.evaluate<number>(`${focusable}.length`);
    const reached: number[] = [];
    for (let i = 0; i < count; i++) {
      await chromium.press('Tab');
      reached.push(await chromium.evaluate<number>(`${focusable}.indexOf(document.activeElement)`));
    }
    expect(reached).toEqual(Array.from({ length: count }, (_, i) => i));
  });

  it('jumps where its links point', async () => {
    await chromium.evaluate(`document.querySelector('nav a[href="#methods"]').click()`);
    expect(await chromium.evaluate('location.hash')).toBe('#methods');
    expect(await chromium.evaluate(`Math.abs(document.querySelector('#methods').getBoundingClientRect().top)`)).toBeLessThan(100);
  });

  it('hands out the data of a figure when its link is clicked', async () => {
    const [figure] = pageFigures(page);
    const downloads = join(folder, 'downloads');
    await chromium.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
    await chromium.evaluate(`document.querySelector('a.download[download="${figure!.id}.csv"]').click()`);
    const found = await waitForFile(join(downloads, `${figure!.id}.csv`));
    expect(found).toBe(tableToCsv(figure!.table));
  });

  it('prints every figure whole, and what is folded too', async () => {
    await chromium.send('Emulation.setEmulatedMedia', { media: 'print' });
    await chromium.send('Emulation.setDeviceMetricsOverride', { width: 680, height: 986, deviceScaleFactor: 1, mobile: false }); // A4 within its margins
    const tooWide = await chromium.evaluate<string[]>(
      `[...document.querySelectorAll('.mgmt-figure, table')].filter((element) => element.getBoundingClientRect().right > 681).map((element) => element.closest('figure').textContent.slice(0, 200))`,
    );
    expect(tooWide).toEqual([]);
    const tooTall = await chromium.evaluate<number>(
      `[...document.querySelectorAll('figure:not(.table)')].filter((figure) => figure.getBoundingClientRect().height > 986 || getComputedStyle(figure).breakInside !== 'avoid').length`,
    );
    expect(tooTall).toBe(0);
    expect(await chromium.evaluate(`document.querySelector('details pre').getBoundingClientRect().height`)).toBeGreaterThan(20);
    const { data } = await chromium.send<{ data: string }>('Page.printToPDF', { preferCSSPageSize: true });
    expect(Buffer.from(data, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    await chromium.send('Emulation.setEmulatedMedia', { media: '' });
  });

  it('has nothing to complain about', () => {
    expect(chromium.complaints).toEqual([]);
  });
});

async function waitForFile(path: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const content = await readFile(path, 'utf8').catch(() => '');
    if (content !== '') return content;
    await setTimeout(100);
  }
  throw new Error(`${path} did not come`);
}
