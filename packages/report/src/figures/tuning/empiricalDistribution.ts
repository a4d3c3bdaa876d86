import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../../axes.js';
import { columns } from '../../dataTable.js';
import { shorten } from '../../escape.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { plotFigure } from '../../plotFigure.js';
import { seriesStyle } from '../../series.js';
import { counted, tidy } from '../../words.js';
import { requireData } from '../predictions.js';
import { numberText } from './paramAxis.js';
import { completeTrials, goalText, roomAround, type TunedStudy } from './tunedStudy.js';

/**
 * The share of complete trials with at most a value, a line a study: which search found more good trials, beside which found the best.
 *
 * @throws `MgmtError` `report/no-data` (no study; no complete trial with a value in any), `report/bad-id`
 */
export function empiricalDistribution(studies: readonly TunedStudy[], options: FigureOptions = {}): Figure {
  requireData(studies, 'studies');
  const { width = 720 } = options;
  const lines = studies.map((study, z) => ({
    name: study.name,
    style: seriesStyle(z),
    values: completeTrials(study)
      .map(({ value }) => value)
      .sort((a, b) => a - b),
  }));
  const all = lines.flatMap(({ values }) => values);
  requireData(all, 'complete trials with a value');
  const [low, high] = roomAround(all);
  return plotFigure(
    {
      kind: 'empirical-distribution',
      title: 'How good the trials were',
      caption: `The share of complete trials whose value is at most so much (${goalText(studies[0]!)}). The more a line lies to the ${studies[0]!.direction === 'minimize' ? 'left' : 'right'}, the more good trials a search had; its end there is its best trial.`,
      alt: `Distribution of values in ${counted(studies.length, 'study').replace('studys', 'studies')}. ${lines.map(({ name, values }) => describe(name, values)).join(' ')}`,
      table: {
        columns: columns('study', 'value', 'share at most'),
        rows: lines.flatMap(({ name, values }) => values.map((value, i) => [name, tidy(value), tidy((i + 1) / values.length)])),
      },
      legend: lines.map(({ name, style }) => ({ label: shorten(name, 26), mark: 'line', ink: style.ink, dash: style.dash })),
      plot: {
        width,
        height: 280,
        marginLeft: 52,
        marginRight: 16,
        marginTop: 8,
        marginBottom: 42,
        x: { domain: [low, high] },
        y: { domain: [0, 1] },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('value', { ticks: 6 }),
          axisY('share of trials', { tickSize: 0, ticks: 5 }),
          ...lines.map(({ values, style }) =>
            Plot.line(values.length === 0 ? [] : [[low, 0], ...values.map((value, i) => [value, (i + 1) / values.length]), [high, 1]], {
              x: '0',
              y: '1',
              curve: 'step-after',
              stroke: style.ink,
              strokeWidth: 2,
              ...(style.dash && { strokeDasharray: style.dash }),
              className: 'study',
            }),
          ),
        ],
      },
    },
    options,
  );
}

function describe(name: string, values: readonly number[]): string {
  if (values.length === 0) return `${name}: no complete trial with a value.`;
  const middle = values[Math.floor((values.length - 1) / 2)]!;
  return `${name}: ${counted(values.length, 'trial')} from ${numberText(values[0]!)} to ${numberText(values.at(-1)!)}, half at most ${numberText(middle)}.`;
}
