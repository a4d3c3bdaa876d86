import * as Plot from '@observablehq/plot';
import { axisX, axisY } from './axes.js';
import { inks } from './inks.js';
import type { PlotDrawing } from './plotFigure.js';

/** A square plot whose axes both go from 0 to 1. */
export interface UnitSquare {
  /** Of the whole figure. */
  readonly width: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly marks: readonly Plot.Markish[];
}

/** Shares against shares: a grid, two named axes, and the marks over them. */
export function unitSquare({ width, xLabel, yLabel, marks }: UnitSquare): PlotDrawing['plot'] {
  return {
    width,
    height: width - LEFT - RIGHT + TOP + BOTTOM,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: { domain: [0, 1] },
    y: { domain: [0, 1] },
    marks: [
      Plot.gridX({ strokeOpacity: 0.1, ticks: 5 }),
      Plot.gridY({ strokeOpacity: 0.1, ticks: 5 }),
      axisX(xLabel, { ticks: 5 }),
      axisY(yLabel, { ticks: 5 }),
      ...marks,
    ],
  };
}

/** From corner to corner: chance, or what was promised. */
export const diagonal = (className: string) =>
  Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: inks.muted, strokeDasharray: '5 4', strokeWidth: 1.25, className });

const [LEFT, RIGHT, TOP, BOTTOM] = [50, 10, 8, 42];
