import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import {
  aucForest,
  classOverlap,
  lossCurves,
  predictionHistogram,
  rocCurves,
  sliceMontage,
  type Figure,
  type FigureOptions,
} from '../../src/index.js';
import { sampleHead, sampleStudy } from '../sample/sampleStudy.js';
import { expectWellFormed } from '../wellFormed.js';
import { hostileText } from './hostile.js';

const study = sampleStudy(3);
const head = sampleHead('T1wCE', 16, 6);

/** A new figure is tested by being listed: drawn from the sample, its models or series renamed. */
const FIGURES: Record<string, (name: (given: string) => string, options?: FigureOptions) => Figure> = {
  predictionHistogram: (name, options) =>
    predictionHistogram(
      study.panels.map((panel) => ({ ...panel, name: name(panel.name), note: name('AUC') })),
      options,
    ),
  'predictionHistogram without labels': (name, options) =>
    predictionHistogram(
      study.unlabeled.map((panel) => ({ ...panel, name: name(panel.name) })),
      options,
    ),
  lossCurves: (name, options) =>
    lossCurves(
      study.runs.map((run) => ({ ...run, name: name(run.name) })),
      options,
    ),
  classOverlap: (name, options) =>
    classOverlap(
      study.panels.map((panel) => ({ ...panel, name: name(panel.name), note: name('AUC') })),
      options,
    ),
  aucForest: (name, options) =>
    aucForest({ ...study.forest, rows: study.forest.rows.map((row) => ({ ...row, name: name(row.name) })) }, options),
  rocCurves: (name, options) =>
    rocCurves({ ...study.rocs, curves: study.rocs.curves.map((curve) => ({ ...curve, name: name(curve.name) })) }, options),
  sliceMontage: (name, options) =>
    sliceMontage(
      [
        { ...head, name: name('T1wCE') },
        { ...head, name: name('FLAIR') },
      ],
      options,
    ),
};

describe.each(Object.entries(FIGURES))('%s', (_kind, draw) => {
  const figure = draw((name) => name);

  it('is well-formed XML', () => expectWellFormed(figure.svg));

  it('is named and described for assistive technology', () => {
    const svg = parseHTML(figure.svg).document.querySelector('svg')!;
    expect(svg.getAttribute('role')).toBe('img');
    const [title, desc] = svg.getAttribute('aria-labelledby')!.split(' ');
    expect(svg.querySelector(`title[id="${title}"]`)!.textContent).toBe(figure.title);
    expect(svg.querySelector(`desc[id="${desc}"]`)!.textContent).toBe(figure.alt);
    expect(figure.caption).not.toBe('');
  });

  it('is the same text whenever it is drawn', () => {
    FIGURES.lossCurves!((name) => `${name} between`);
    expect(draw((name) => name)).toEqual(figure);
  });

  it('refers to nothing outside itself, and holds no inline style, script or handler', () => {
    const body = figure.svg.replace('xmlns="http://www.w3.org/2000/svg"', '');
    expect(body).not.toMatch(/https?:|url\(|@import|<script|\sstyle=|\son\w+=/i);
  });

  it('shows hostile names as text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, title) => {
        const { svg } = draw(() => name, { title });
        expectWellFormed(svg);
        const { document } = parseHTML(svg);
        expect(document.querySelectorAll('script, img, b, foreignObject')).toHaveLength(0);
        expect(
          [...document.querySelectorAll('*')].flatMap((element) =>
            element.getAttributeNames().filter((attribute) => /^on/i.test(attribute)),
          ),
        ).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('has a table whose rows fit its columns', () => {
    expect(figure.table.rows.length).toBeGreaterThan(0);
    expect(new Set(figure.table.rows.map((row) => row.length))).toEqual(new Set([figure.table.columns.length]));
  });

  it('takes the words and the id it is given, and refuses an id that is no plain word', () => {
    const named = draw((name) => name, { id: 'mine', title: 'Mine', caption: 'Look.' });
    expect(named).toMatchObject({ id: 'mine', title: 'Mine', caption: 'Look.' });
    expect(named.svg).toContain('<title id="mine-title">Mine</title>');
    expect(() => draw((name) => name, { id: 'a" onload="x' })).toThrow(/report\/bad-id/);
  });
});

it.each([
  ['predictionHistogram', () => predictionHistogram([])],
  ['lossCurves', () => lossCurves([])],
  ['classOverlap', () => classOverlap([])],
  ['aucForest', () => aucForest({ rows: [] })],
  ['rocCurves', () => rocCurves({ curves: [] })],
  ['sliceMontage', () => sliceMontage([])],
])('%s of nothing says what it needs', (_kind, draw) => {
  expect(draw).toThrow(/report\/no-data/);
});
