import * as Plot from '@observablehq/plot';
import { axisX } from '../axes.js';
import { columns } from '../dataTable.js';
import { shorten } from '../escape.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import { plotFigure } from '../plotFigure.js';
import { tidy } from '../words.js';
import type { Estimate } from './aucForest.js';
import { requireData } from './predictions.js';

/** The AUC of one model under two ways to split the data. */
export interface LeakageRow {
  readonly name: string;
  /** Slices of one patient in training and validation: what leaks. */
  readonly bySlice: Estimate;
  /** Every patient on one side: what counts. */
  readonly byPatient: Estimate;
}

/**
 * What a split by slice promises and a split by patient keeps, per model: the length of the bar between the two is the leak.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function leakageDumbbell(rows: readonly LeakageRow[], options: FigureOptions = {}): Figure {
  requireData(rows, 'models');
  const { width = 720 } = options;
  const placed = rows.map((row, y) => ({ ...row, y }));
  const ends = (kind: 'bySlice' | 'byPatient') => placed.map((row) => ({ ...row[kind], y: row.y + (kind === 'bySlice' ? -APART : APART) }));
  const [slices, patients] = [ends('bySlice'), ends('byPatient')];
  const column = (text: string, dx: number) =>
    Plot.text([text], { frameAnchor: 'top-right', dx, dy: -16, textAnchor: 'end', fill: inks.muted });
  const numbers = (text: (row: LeakageRow) => string, dx: number) =>
    Plot.text(placed, { text, y: 'y', frameAnchor: 'right', dx, textAnchor: 'end', fontVariant: 'tabular-nums' });
  return plotFigure(
    {
      kind: 'leakage-dumbbell',
      title: 'What leaks when slices are split instead of patients',
      caption:
        'Hollow: slices of one patient stand in training and in validation, and the model can know the patient again. Filled: every patient stands on one side only. Thin bars are 95 % intervals; the thick bar between is the leak. What is left of it at the filled dot, beside chance (dashed), is what a new patient would get.',
      alt: `AUCs by slice and by patient against chance at 0.5. ${rows
        .map(({ name, bySlice, byPatient }) => `${name}: by slice ${words(bySlice)}, by patient ${words(byPatient)}.`)
        .join(' ')}`,
      table: {
        columns: columns(
          'model',
          'AUC by slice',
          'low by slice',
          'high by slice',
          'AUC by patient',
          'low by patient',
          'high by patient',
          'leak',
        ),
        rows: rows.map(({ name, bySlice, byPatient }) => [
          name,
          ...[bySlice, byPatient].flatMap(({ value, low, high }) => [value, low, high]),
          tidy(bySlice.value - byPatient.value),
        ]),
      },
      legend: [
        { label: 'split by slice', mark: 'ring', ink: inks.class1 },
        { label: 'split by patient', mark: 'dot', ink: inks.class0 },
        { label: 'chance', mark: 'dashed', ink: inks.muted },
      ],
      plot: {
        width,
        height: 26 + rows.length * 32 + 42,
        marginTop: 26,
        marginBottom: 42,
        marginLeft: LEFT,
        marginRight: RIGHT,
        x: { domain: domainOf([...slices, ...patients]) },
        y: { domain: [rows.length - 0.5, -0.5], axis: null },
        marks: [
          axisX('AUC', { ticks: 6 }),
          Plot.gridX({ strokeOpacity: 0.08, ticks: 6 }),
          Plot.ruleX([0.5], { stroke: inks.muted, strokeDasharray: '4 3', strokeWidth: 1.25, className: 'chance' }),
          Plot.link(placed, {
            x1: ({ bySlice }: LeakageRow) => bySlice.value,
            x2: ({ byPatient }: LeakageRow) => byPatient.value,
            y1: ({ y }: { y: number }) => y - APART,
            y2: ({ y }: { y: number }) => y + APART,
            strokeOpacity: 0.22,
            strokeWidth: 5,
            strokeLinecap: 'round',
            className: 'leak',
          }),
          Plot.ruleY(slices, { x1: 'low', x2: 'high', y: 'y', stroke: inks.class1, strokeWidth: 1.25, className: 'by-slice-interval' }),
          Plot.ruleY(patients, { x1: 'low', x2: 'high', y: 'y', stroke: inks.class0, strokeWidth: 1.25, className: 'by-patient-interval' }),
          Plot.dot(slices, {
            x: 'value',
            y: 'y',
            r: 4,
            stroke: inks.class1,
            strokeWidth: 1.75,
            fill: inks.background,
            className: 'by-slice',
          }),
          Plot.dot(patients, { x: 'value', y: 'y', r: 4, fill: inks.class0, className: 'by-patient' }),
          Plot.text(placed, { text: ({ name }) => shorten(name, 20), y: 'y', frameAnchor: 'left', dx: -LEFT, textAnchor: 'start' }),
          numbers(({ bySlice }) => bySlice.value.toFixed(2), 52),
          numbers(({ byPatient }) => byPatient.value.toFixed(2), 106),
          numbers(({ bySlice, byPatient }) => signed(bySlice.value - byPatient.value), RIGHT),
          column('by slice', 52),
          column('by patient', 114),
          column('leak', RIGHT),
        ],
      },
    },
    options,
  );
}

const [LEFT, RIGHT] = [128, 156];
const APART = 0.13; // of a row, so that the two intervals do not cover each other

const words = ({ value, low, high }: Estimate) => `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

/** All intervals and 0.5, to the next tenth. */
function domainOf(estimates: readonly Estimate[]): [number, number] {
  const ends = [0.45, 0.55, ...estimates.flatMap(({ value, low, high }) => [value, low, high])].filter(Number.isFinite);
  return [Math.max(0, Math.floor(Math.min(...ends) * 10 - 1e-9) / 10), Math.min(1, Math.ceil(Math.max(...ends) * 10 + 1e-9) / 10)];
}
