import * as Plot from '@observablehq/plot';
import { axisX } from '../../axes.js';
import { columns } from '../../dataTable.js';
import { shorten } from '../../escape.js';
import type { Figure, FigureOptions } from '../../figure.js';
import { inks } from '../../inks.js';
import { plotFigure } from '../../plotFigure.js';
import { counted } from '../../words.js';
import { requireData } from '../predictions.js';

/** How much a parameter mattered, by the caller's measure. */
export interface ParameterImportance {
  readonly name: string;
  /** From 0 to 1; NaN where it could not be told. */
  readonly importance: number;
}

/**
 * A bar a parameter, the most important one at the top.
 *
 * @throws `MgmtError` `report/no-data`, `report/bad-id`
 */
export function parameterImportances(parameters: readonly ParameterImportance[], options: FigureOptions = {}): Figure {
  requireData(parameters, 'parameters');
  const { width = 720 } = options;
  const known = (importance: number) => (Number.isFinite(importance) ? importance : -1);
  const rows = [...parameters].sort((a, b) => known(b.importance) - known(a.importance)).map((row, y) => ({ ...row, y }));
  const told = rows.filter(({ importance }) => Number.isFinite(importance));
  return plotFigure(
    {
      kind: 'parameter-importances',
      title: 'Which parameters mattered',
      caption:
        'How far the best trials differ from all others in each parameter, as a share of all parameters. A short bar says that the range that was searched made no difference, not that the parameter never does.',
      alt: `Importance of ${counted(rows.length, 'parameter')}. ${rows.map(({ name, importance }) => `${name}: ${shareText(importance)}.`).join(' ')}`,
      table: { columns: columns('parameter', 'importance'), rows: rows.map(({ name, importance }) => [name, importance]) },
      plot: {
        width,
        height: rows.length * 26 + 50,
        marginLeft: LEFT,
        marginRight: 60,
        marginTop: 6,
        marginBottom: 44,
        x: { domain: [0, Math.max(0.1, ...told.map(({ importance }) => importance))] },
        y: { domain: [rows.length - 0.5, -0.5], axis: null },
        marks: [
          Plot.gridX({ strokeOpacity: 0.1, ticks: 5 }),
          axisX('importance', { ticks: 5 }),
          Plot.rect(told, {
            x1: 0,
            x2: 'importance',
            y1: ({ y }) => y - 0.34,
            y2: ({ y }) => y + 0.34,
            fill: inks.class0,
            fillOpacity: 0.85,
            className: 'importance',
          }),
          Plot.text(rows, { y: 'y', text: ({ name }) => shorten(name, 22), frameAnchor: 'left', dx: -8, textAnchor: 'end' }),
          Plot.text(rows, {
            x: ({ importance }) => Math.max(0, known(importance)),
            y: 'y',
            text: ({ importance }) => shareText(importance),
            dx: 6,
            textAnchor: 'start',
            fill: inks.muted,
            fontVariant: 'tabular-nums',
          }),
        ],
      },
    },
    options,
  );
}

const LEFT = 140;

const shareText = (importance: number): string => (Number.isFinite(importance) ? importance.toFixed(2) : 'not told');
