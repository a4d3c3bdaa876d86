import fc from 'fast-check';
import { nearestNeighbors } from '../../src/embedding/nearestNeighbors.js';
import { gridPoints, matrixOf } from './clouds.js';

describe('nearestNeighbors', () => {
  it('are those that sorting all others finds, of equally distant ones the lower index first', () => {
    fc.assert(
      fc.property(gridPoints({ minLength: 2, maxLength: 25, d: 3 }), fc.nat(), (points, any) => {
        const k = 1 + (any % (points.length - 1));
        const { indices, squared } = nearestNeighbors(matrixOf(points), k);
        points.forEach((point, i) => {
          const others = points
            .map((other, j) => ({ j, distance: point.reduce((sum, value, axis) => sum + (value - other[axis]!) ** 2, 0) }))
            .filter(({ j }) => j !== i)
            .sort((a, b) => a.distance - b.distance || a.j - b.j)
            .slice(0, k);
          expect([...indices.subarray(i * k, (i + 1) * k)]).toEqual(others.map(({ j }) => j));
          expect([...squared.subarray(i * k, (i + 1) * k)]).toEqual(others.map(({ distance }) => distance));
        });
      }),
    );
  });
});
