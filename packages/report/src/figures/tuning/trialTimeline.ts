import * as Plot from '@observablehq/plot';
import { axisX } from '../../axes.js';
import { columns } from '../../dataTable.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import { plotFigure } from '../../plotFigure.js';
import { counted, tidy } from '../../words.js';
import { requireData } from '../predictions.js';
import type { TunedStudy, TunedTrial } from './tunedStudy.js';

/**
 * When each trial ran, by state: a bar a trial, in as few rows as hold those that ran at once. A study does not tell which process ran a trial; a row is
 * what one process could have done. A trial without an end reaches to the last one known.
 *
 * @throws `MgmtError` `report/no-data` where no trial has a start, `report/bad-id`
 */
export function trialTimeline(study: TunedStudy, options: FigureOptions = {}): Figure {
  const started = study.trials
    .filter((trial): trial is StartedTrial => trial.startedAt !== undefined)
    .sort((a, b) => a.startedAt - b.startedAt);
  requireData(started, 'trials with a start');
  const { width = 720 } = options;
  const first = started[0]!.startedAt;
  const last = Math.max(...started.map(({ startedAt, finishedAt }) => finishedAt ?? startedAt));
  const unit = UNITS.find(({ milliseconds }) => last - first >= 2 * milliseconds) ?? UNITS.at(-1)!;
  const inUnits = (at: number) => (at - first) / unit.milliseconds;
  const ends: number[] = [];
  const bars = started.map(({ number, state, startedAt, finishedAt = last }) => {
    const free = ends.findIndex((end) => end <= startedAt);
    const row = free < 0 ? ends.length : free;
    ends[row] = finishedAt;
    return { number, state, row, x1: inUnits(startedAt), x2: inUnits(finishedAt) };
  });
  const states = STATES.filter(({ state }) => bars.some((bar) => bar.state === state));
  const height = Math.min(24, Math.max(10, 320 / ends.length));
  return plotFigure(
    {
      kind: 'trial-timeline',
      title: 'When the trials ran',
      caption: `A bar a trial, from its start to its end, in as many rows as trials ran at once (${ends.length}). Gaps are time in which nothing was computed; short gray bars are what pruning saved.`,
      alt: `${counted(bars.length, 'trial')} in ${tidy(inUnits(last)).toPrecision(3)} ${unit.name}, ${ends.length} at once: ${states
        .map(({ state }) => `${bars.filter((bar) => bar.state === state).length} ${state}`)
        .join(', ')}.`,
      table: {
        columns: columns('trial', 'state', 'row', `start (${unit.name})`, `end (${unit.name})`),
        rows: bars.map(({ number, state, row, x1, x2 }) => [number, state, row + 1, tidy(x1), tidy(x2)]),
      },
      legend: states.map(({ state, ink }) => ({ label: state, mark: 'bar', ink })),
      plot: {
        width,
        height: ends.length * height + 52,
        marginLeft: 30,
        marginRight: 16,
        marginTop: 8,
        marginBottom: 44,
        x: { domain: [0, Math.max(inUnits(last), Number.MIN_VALUE * 2 ** 60)] },
        y: { domain: [ends.length - 0.5, -0.5], axis: null },
        marks: [
          Plot.gridX({ strokeOpacity: 0.1, ticks: 6 }),
          axisX(`${unit.name} since the first start`, { ticks: 6 }),
          Plot.rect(bars, {
            x1: 'x1',
            x2: 'x2',
            y1: ({ row }) => row - 0.4,
            y2: ({ row }) => row + 0.4,
            fill: ({ state }) => STATES.find((each) => each.state === state)!.ink,
            fillOpacity: 0.75,
            stroke: inks.background,
            strokeWidth: 0.75,
            title: ({ number, state }) => `trial ${number}, ${state}`,
            className: 'trial',
          }),
          Plot.text(ends, {
            y: (_, i) => i,
            text: (_, i) => String(i + 1),
            frameAnchor: 'left',
            dx: -8,
            textAnchor: 'end',
            fill: inks.muted,
          }),
        ],
        color: { type: 'identity' },
      },
    },
    options,
  );
}

type StartedTrial = TunedTrial & { readonly startedAt: number };

const UNITS = [
  { name: 'hours', milliseconds: 3_600_000 },
  { name: 'minutes', milliseconds: 60_000 },
  { name: 'seconds', milliseconds: 1000 },
] as const;

const STATES: readonly { readonly state: TunedTrial['state']; readonly ink: string }[] = [
  { state: 'complete', ink: inks.class0 },
  { state: 'pruned', ink: inks.muted },
  { state: 'failed', ink: inks.class1 },
  { state: 'running', ink: inks.unlabeled },
  { state: 'waiting', ink: inks.fourth },
];
