import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../../axes.js';
import { columns } from '../../dataTable.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import type { LegendItem } from '../../legend.js';
import { plotFigure } from '../../plotFigure.js';
import { counted } from '../../words.js';
import { requireData } from '../predictions.js';
import { numberText } from './paramAxis.js';
import { better, completeTrials, goalText, roomAround, type TunedStudy, type TunedTrial } from './tunedStudy.js';

/**
 * The value of every trial in the order of the search, and the best so far; pruned trials at the value that ended them, failed ones on the axis.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function optimizationHistory(study: TunedStudy, options: FigureOptions = {}): Figure {
  const { trials } = study;
  requireData(trials, 'trials');
  const { width = 720 } = options;
  const complete = completeTrials(study);
  const pruned = trials.filter(({ state, value }) => state === 'pruned' && Number.isFinite(value));
  const failed = trials.filter(({ state }) => state === 'failed');
  const bestSoFar: { number: number; value: number }[] = [];
  for (const { number, value } of complete) bestSoFar.push({ number, value: better(study, bestSoFar.at(-1)?.value ?? value, value) });
  const [low, high] = roomAround([...complete, ...pruned].map(({ value }) => value!));
  const last = Math.max(1, ...trials.map(({ number }) => number));
  const best = complete.find(({ number }) => number === study.best);
  return plotFigure(
    {
      kind: 'optimization-history',
      title: 'How the search went',
      caption: `${
        best
          ? `Each dot is a trial, the line the best value so far (${goalText(study)}): ${numberText(best.value)}, found by trial ${best.number}. Where the line is flat for long, more trials would hardly help; where it still improves at the very end, the search was stopped early.`
          : 'No trial of this search is complete with a value: there is no best one.'
      } The best of many trials is flattered by chance; only fresh cases tell what it is worth.`,
      alt: `${counted(trials.length, 'trial')} of ${study.name}: ${complete.length} complete, ${trials.filter(({ state }) => state === 'pruned').length} pruned, ${failed.length} failed. ${
        best ? `Best value ${numberText(best.value)}, trial ${best.number}.` : 'No best value.'
      }`,
      table: {
        columns: columns('trial', 'state', 'value', 'best so far'),
        rows: trials.map(({ number, state, value }) => [
          number,
          state,
          value ?? null,
          bestSoFar.filter((point) => point.number <= number).at(-1)?.value ?? null,
        ]),
      },
      legend: legendFor(complete.length > 0, pruned.length > 0, failed.length > 0),
      plot: {
        width,
        height: 300,
        marginLeft: 56,
        marginRight: 16,
        marginTop: 8,
        marginBottom: 42,
        x: { domain: [-0.5, last + 0.5] },
        y: { domain: [low, high], nice: false },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('trial', { ticks: Math.min(10, last), tickFormat: (n: number) => (Number.isInteger(n) ? String(n) : '') }),
          axisY(`value (${goalText(study)})`, { tickSize: 0, ticks: 5 }),
          Plot.line([...bestSoFar, ...(bestSoFar.length > 0 ? [{ number: last, value: bestSoFar.at(-1)!.value }] : [])], {
            x: 'number',
            y: 'value',
            curve: 'step-after',
            stroke: inks.class1,
            strokeWidth: 2.25,
            className: 'best-so-far',
          }),
          Plot.dot(pruned, {
            x: 'number',
            y: 'value',
            r: 3.2,
            symbol: 'triangle',
            rotate: 180,
            fill: inks.muted,
            title: describe,
            className: 'pruned',
          }),
          Plot.dot(complete, {
            x: 'number',
            y: 'value',
            r: 3.2,
            fill: inks.class0,
            fillOpacity: 0.75,
            title: describe,
            className: 'complete',
          }),
          Plot.dot(failed, {
            x: 'number',
            y: () => low,
            dy: -6,
            r: 3.8,
            symbol: 'times',
            stroke: 'currentColor',
            title: describe,
            className: 'failed',
          }),
          Plot.dot(best ? [best] : [], { x: 'number', y: 'value', r: 6.5, stroke: inks.class1, strokeWidth: 1.75, className: 'best' }),
        ],
      },
    },
    options,
  );
}

const describe = ({ number, state, value }: TunedTrial): string =>
  `trial ${number}, ${state}${value === undefined ? '' : `: ${numberText(value)}`}`;

function legendFor(complete: boolean, pruned: boolean, failed: boolean): LegendItem[] {
  return [
    ...(complete
      ? [
          { label: 'complete', mark: 'dot' as const, ink: inks.class0 },
          { label: 'best so far', mark: 'line' as const, ink: inks.class1 },
        ]
      : []),
    ...(pruned ? [{ label: 'pruned', mark: 'triangle' as const, ink: inks.muted }] : []),
    ...(failed ? [{ label: 'failed', mark: 'cross' as const, ink: 'currentColor' }] : []),
  ];
}
