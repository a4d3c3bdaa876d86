import { fillQuadtree, quadtree, type Quadtree } from './quadtree.js';

/** Adds to `force`, `[n, 2]`, the sum of q² (y_i - y_j) over the others, and returns the sum of q over all ordered pairs; q = 1 / (1 + |y_i - y_j|²). */
export type Repulsion = (points: Float64Array, force: Float64Array) => number;

/**
 * Repulsion by a quadtree: a cell whose width is at most `theta` times its distance acts as one point of its points' weight. At 0 the sum is exact.
 *
 * Points of one leaf share what they see, judged from whichever place in the leaf is nearest (Barnes 1990, J. Comput. Phys. 87:161): one walk of the tree
 * for all of them, then a loop without branches. It is at least as exact as van der Maaten's walk for every point (2014, JMLR 15:3221).
 */
export function barnesHutRepulsion(n: number, theta: number): Repulsion {
  const tree = quadtree(n);
  const seen: Bodies = { x: new Float64Array(n), y: new Float64Array(n), weight: new Float64Array(n), count: 0 };
  return (points, force) => {
    fillQuadtree(tree, points);
    let total = -n; // every point sees itself, at no distance and without force
    for (let cell = 0; cell < tree.cells; cell++) {
      if (!isLeaf(tree, cell)) continue;
      look(tree, cell, theta * theta, seen);
      total += push(tree, cell, seen, force);
    }
    return total;
  };
}

const isLeaf = ({ next }: Quadtree, cell: number) => next[cell] === cell + 1;

/** What is seen from a leaf: near points as they are, far cells as one. */
interface Bodies {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
  count: number;
}

function look(tree: Quadtree, leaf: number, squaredTheta: number, seen: Bodies): void {
  const { x, y, meanX, meanY, squaredWidth, first, end, next, cells } = tree;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = first[leaf]!; i < end[leaf]!; i++) {
    left = Math.min(left, x[i]!);
    right = Math.max(right, x[i]!);
    bottom = Math.min(bottom, y[i]!);
    top = Math.max(top, y[i]!);
  }
  let count = 0;
  for (let cell = 0; cell < cells;) {
    const dx = Math.max(left - meanX[cell]!, 0, meanX[cell]! - right);
    const dy = Math.max(bottom - meanY[cell]!, 0, meanY[cell]! - top);
    if (squaredWidth[cell]! <= squaredTheta * (dx * dx + dy * dy)) {
      seen.x[count] = meanX[cell]!;
      seen.y[count] = meanY[cell]!;
      seen.weight[count++] = end[cell]! - first[cell]!;
      cell = next[cell]!;
    } else {
      if (isLeaf(tree, cell)) {
        for (let i = first[cell]!; i < end[cell]!; i++) {
          seen.x[count] = x[i]!;
          seen.y[count] = y[i]!;
          seen.weight[count++] = 1;
        }
      }
      cell++;
    }
  }
  seen.count = count;
}

function push({ x, y, order, first, end }: Quadtree, leaf: number, seen: Bodies, force: Float64Array): number {
  const { x: seenX, y: seenY, weight, count } = seen;
  let total = 0;
  for (let i = first[leaf]!; i < end[leaf]!; i++) {
    const u = x[i]!;
    const v = y[i]!;
    let forceX = 0;
    let forceY = 0;
    for (let b = 0; b < count; b++) {
      const dx = u - seenX[b]!;
      const dy = v - seenY[b]!;
      const q = 1 / (1 + dx * dx + dy * dy);
      const weighted = weight[b]! * q;
      total += weighted;
      forceX += weighted * q * dx;
      forceY += weighted * q * dy;
    }
    force[2 * order[i]!]! += forceX;
    force[2 * order[i]! + 1]! += forceY;
  }
  return total;
}
