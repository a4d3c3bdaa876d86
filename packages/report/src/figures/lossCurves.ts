import * as Plot from '@observablehq/plot';
import { axisX, axisY } from '../axes.js';
import { columns } from '../dataTable.js';
import type { Figure, FigureOptions } from '../figure.js';
import { inks } from '../inks.js';
import type { LegendItem } from '../legend.js';
import { plotFigure } from '../plotFigure.js';
import { mean, requireData } from './predictions.js';

/** The losses of one training, epoch by epoch, from the first. */
export interface LossRun {
  readonly name: string;
  /** `[epochs]`, in nats. */
  readonly training: ArrayLike<number>;
  /** `[epochs]`; NaN where it was not measured. */
  readonly validation?: ArrayLike<number>;
}

/** A loss, and what a model that knows nothing has of it. */
export interface GuessingLoss {
  /** Named on the axis: `cross entropy`. */
  readonly name: string;
  readonly loss: number;
  /** At the line: `ln 2`. */
  readonly label: string;
  /** Whose loss that is, as the subject of a sentence: `a model that answers 0.5 to every case`. */
  readonly of: string;
}

/** What loss curves take beside the words. */
export interface LossCurvesOptions extends FigureOptions {
  /** Which loss it is. Default: cross entropy, of which guessing has ln 2. */
  readonly guessing?: GuessingLoss;
}

/** Cross entropy of answering 0.5 to every case. */
const CROSS_ENTROPY: GuessingLoss = { name: 'cross entropy', loss: Math.LN2, label: 'ln 2', of: 'a model that answers 0.5 to every case' };

/**
 * The loss of SimCLR's pretraining, NT-Xent (Chen et al. 2020, arXiv:2002.05709, equation 1), for {@link LossCurvesOptions.guessing}: a model that finds all
 * images alike chooses among the `2 pairs - 1` others of the batch, and has their number's logarithm.
 *
 * @param pairs - images in a batch, each seen in two views
 * @example
 * lossCurves(runs, { guessing: contrastiveGuessing(256) }); // a line at ln 511 = 6.236
 */
export function contrastiveGuessing(pairs: number): GuessingLoss {
  const others = 2 * pairs - 1;
  return { name: 'NT-Xent', loss: Math.log(others), label: `ln ${others}`, of: 'a model to which all images look alike' };
}

/**
 * Loss by epoch, a line for each run and a heavy one for their mean, over the loss of guessing, ln 2 (the paper's Figures 4 and 10).
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function lossCurves(runs: readonly LossRun[], options: LossCurvesOptions = {}): Figure {
  requireData(runs, 'runs');
  const { width = 720, guessing = CROSS_ENTROPY } = options;
  const training = runs.flatMap((run, i) => points(run.name, i, run.training));
  const validation = runs.flatMap((run, i) => points(run.name, i, run.validation ?? []));
  const several = runs.length > 1;
  const losses = [guessing.loss, ...training.map(({ loss }) => loss), ...validation.map(({ loss }) => loss)];
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const room = Math.max(0.02, (high - low) * 0.06);
  const epochs = Math.max(1, ...training.map(({ epoch }) => epoch));
  return plotFigure(
    {
      kind: 'loss-curves',
      title: 'Loss during training',
      caption: `${guessing.of.charAt(0).toUpperCase()}${guessing.of.slice(1)} has a loss of ${guessing.label} = ${guessing.loss.toFixed(3)} (dashed). Look at where the training loss ends: at that line nothing was learned; far below it, with the validation loss above it, the training cases were learned by heart.`,
      alt: altText(runs, guessing),
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
        marginRight: Math.max(46, 16 + 6 * guessing.label.length),
        marginTop: 8,
        marginBottom: 40,
        x: { domain: [1, Math.max(2, epochs)] },
        y: { domain: [low - room, high + room], nice: false },
        marks: [
          Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('epoch', { ticks: wholeTicks(epochs), tickFormat: String }),
          axisY(`loss (${guessing.name})`, { tickSize: 0, ticks: 5 }),
          Plot.ruleY([guessing.loss], { stroke: inks.muted, strokeDasharray: '5 4', strokeWidth: 1.25, className: 'guessing' }),
          Plot.text([guessing.label], {
            y: () => guessing.loss,
            frameAnchor: 'right',
            dx: 8,
            textAnchor: 'start',
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

function altText(runs: readonly LossRun[], { label, loss }: GuessingLoss): string {
  const ends = runs.map(({ name, training, validation }) => {
    const last = validation === undefined ? undefined : validation[validation.length - 1];
    const validationEnd = last === undefined || Number.isNaN(last) ? '' : `, validation loss ${last.toFixed(3)}`;
    return `${name}: training loss from ${format(training[0])} to ${format(training[training.length - 1])}${validationEnd}.`;
  });
  return `Loss by epoch for ${runs.length} run${runs.length === 1 ? '' : 's'}, with a line at ${label} = ${loss.toFixed(3)}, the loss of guessing. ${ends.join(' ')}`;
}

const format = (loss: number | undefined) => (loss === undefined ? 'none' : loss.toFixed(3));
