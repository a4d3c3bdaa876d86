import * as Plot from '@observablehq/plot';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import type { LegendItem } from '../legend.js';
import { plotFigure } from '../plotFigure.js';
import { mean, requireData } from './predictions.js';

/** The losses of one training, epoch by epoch, from the first. */
export interface LossRun {
  readonly name: string;
  /** `[epochs]`, mean cross entropy in nats. */
  readonly training: ArrayLike<number>;
  /** `[epochs]`; NaN where it was not measured. */
  readonly validation?: ArrayLike<number>;
}

/** Cross entropy of answering 0.5 to every case. */
const LOSS_OF_GUESSING = Math.LN2;

/**
 * Loss by epoch, a line for each run and a heavy one for their mean, over the loss of guessing, ln 2 (the paper's Figure 4).
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function lossCurves(runs: readonly LossRun[], options: FigureOptions = {}): Figure {
  requireData(runs, 'runs');
  const { width = 720 } = options;
  const training = runs.flatMap((run, i) => points(run.name, i, run.training));
  const validation = runs.flatMap((run, i) => points(run.name, i, run.validation ?? []));
  const several = runs.length > 1;
  const losses = [LOSS_OF_GUESSING, ...training.map(({ loss }) => loss), ...validation.map(({ loss }) => loss)];
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const room = Math.max(0.02, (high - low) * 0.06);
  const epochs = Math.max(1, ...training.map(({ epoch }) => epoch));
  return plotFigure(
    {
      kind: 'loss-curves',
      title: 'Loss during training',
      caption:
        'A model that answers 0.5 to every case has a loss of ln 2 = 0.693 (dashed). Look at where the training loss ends: at that line nothing was learned; far below it, with the validation loss above it, the training cases were learned by heart.',
      alt: altText(runs),
      table: {
        columns: columns('run', 'epoch', 'training loss', 'validation loss'),
        rows: runs.flatMap(({ name, training, validation }) =>
          Array.from(training, (loss, i) => [name, i + 1, loss, validation?.[i] ?? null]),
        ),
      },
      legend: legendFor(several, validation.length > 0),
      plot: {
        width,
        height: 300,
        marginLeft: 52,
        marginRight: 46,
        marginTop: 8,
        marginBottom: 40,
        x: { domain: [1, Math.max(2, epochs)] },
        y: { domain: [low - room, high + room], nice: false },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          Plot.axisX({
            label: 'epoch',
            labelAnchor: 'center',
            labelArrow: 'none',
            tickSize: 4,
            ticks: wholeTicks(epochs),
            tickFormat: String,
          }),
          Plot.axisY({ label: 'loss (cross entropy)', labelArrow: 'none', labelAnchor: 'center', tickSize: 0, ticks: 5 }),
          Plot.ruleY([LOSS_OF_GUESSING], { stroke: inks.muted, strokeDasharray: '5 4', strokeWidth: 1.25, className: 'guessing' }),
          Plot.text(['ln 2'], {
            y: () => LOSS_OF_GUESSING,
            frameAnchor: 'right',
            dx: 34,
            textAnchor: 'middle',
            fill: inks.muted,
            fontStyle: 'italic',
          }),
          lines(validation, {
            stroke: inks.class1,
            strokeWidth: 0.9,
            strokeDasharray: '4 3',
            strokeOpacity: several ? 0.6 : 1,
            className: 'validation',
          }),
          lines(training, { stroke: inks.class0, strokeWidth: several ? 1 : 2.5, strokeOpacity: several ? 0.6 : 1, className: 'training' }),
          ...(epochs === 1 // a line through one point is not to be seen
            ? [
                Plot.dot(validation, { x: 'epoch', y: 'loss', r: 3, stroke: inks.class1, className: 'validation-point' }),
                Plot.dot(training, { x: 'epoch', y: 'loss', r: 3, fill: inks.class0, className: 'training-point' }),
              ]
            : []),
          ...(several
            ? [
                lines(averages(validation), {
                  stroke: inks.class1,
                  strokeWidth: 1.75,
                  strokeDasharray: '6 3',
                  className: 'validation-mean',
                }),
                lines(averages(training), { stroke: inks.class0, strokeWidth: 2.75, className: 'training-mean' }),
              ]
            : []),
        ],
      },
    },
    options,
  );
}

interface Point {
  readonly name: string;
  readonly run: number;
  readonly epoch: number;
  readonly loss: number;
}

const points = (name: string, run: number, losses: ArrayLike<number>): Point[] =>
  Array.from(losses, (loss, i) => ({ name, run, epoch: i + 1, loss })).filter(({ loss }) => Number.isFinite(loss));

const lines = (data: readonly Point[], style: Plot.LineOptions) =>
  Plot.line(data, { x: 'epoch', y: 'loss', z: 'run', title: 'name', strokeLinejoin: 'round', ...style });

/** The mean over the runs that reached an epoch. */
function averages(data: readonly Point[]): Point[] {
  const epochs = [...new Set(data.map(({ epoch }) => epoch))].sort((a, b) => a - b);
  return epochs.map((epoch) => ({
    name: 'mean',
    run: 0,
    epoch,
    loss: mean(data.filter((point) => point.epoch === epoch).map(({ loss }) => loss)),
  }));
}

/** Epochs to number on the axis: all, or every so many that there are at most sixteen. */
function wholeTicks(epochs: number): number[] {
  const step = Math.ceil(epochs / 16);
  return Array.from({ length: Math.ceil(epochs / step) }, (_, i) => 1 + i * step);
}

function legendFor(several: boolean, validated: boolean): LegendItem[] {
  const each: LegendItem[] = [{ label: several ? 'training, each run' : 'training', mark: several ? 'thin' : 'line', ink: inks.class0 }];
  if (several) each.push({ label: 'training, mean', mark: 'line', ink: inks.class0 });
  if (validated) each.push({ label: several ? 'validation, each run and mean' : 'validation', mark: 'dashed', ink: inks.class1 });
  return each;
}

function altText(runs: readonly LossRun[]): string {
  const ends = runs.map(({ name, training, validation }) => {
    const last = validation === undefined ? undefined : validation[validation.length - 1];
    const validationEnd = last === undefined || Number.isNaN(last) ? '' : `, validation loss ${last.toFixed(3)}`;
    return `${name}: training loss from ${format(training[0])} to ${format(training[training.length - 1])}${validationEnd}.`;
  });
  return `Loss by epoch for ${runs.length} run${runs.length === 1 ? '' : 's'}, with a line at ln 2 = 0.693, the loss of guessing. ${ends.join(' ')}`;
}

const format = (loss: number | undefined) => (loss === undefined ? 'none' : loss.toFixed(3));
