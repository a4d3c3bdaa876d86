import { golden } from '../golden.js';

/** What diptest and SciPy's moments say of a sample. */
export interface ShapeCase {
  name: string;
  values: number[];
  dip: number;
  tabled: number;
  simulated: number;
  bimodality: number;
}

export const shapes = golden<ShapeCase[]>('shape', 'shapes');
export const shapeOf = (name: string) => shapes.find((shape) => shape.name === name)!;
