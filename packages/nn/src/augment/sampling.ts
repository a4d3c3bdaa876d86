/** How a volume is read at places between its voxels: trilinear, or bilinear where it has one slice. */
export interface Sampling {
  /** Slices, rows and columns of what is read. */
  readonly source: readonly [number, number, number];
  /** The same of the result. */
  readonly target: readonly [number, number, number];
  readonly channels: number;
  /** `[3][4]`: index in the result, counted from its middle, to index in the source, counted from its middle. */
  readonly matrix: readonly (readonly number[])[];
  /** What lies beyond the middles of the outermost voxels: their mirror image, or themselves again. */
  readonly outside: 'mirror' | 'border';
}

/** The place in the source, along one axis, that the first voxel of the result is read from; and how far the next one is along each axis of the result. */
export interface Course {
  readonly start: number;
  readonly steps: readonly [number, number, number];
}

/** The course along each axis of the source. */
export function coursesOf({ source, target, matrix }: Sampling): readonly [Course, Course, Course] {
  const middle = (n: number) => (n - 1) / 2;
  const course = (axis: number): Course => {
    const [d, h, w, offset] = matrix[axis]! as [number, number, number, number];
    const start = middle(source[axis]!) + offset - d * middle(target[0]) - h * middle(target[1]) - w * middle(target[2]);
    return { start, steps: [d, h, w] };
  };
  return [course(0), course(1), course(2)];
}
