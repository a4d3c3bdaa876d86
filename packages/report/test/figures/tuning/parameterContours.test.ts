import fc from 'fast-check';
import { parameterContours, type TunedStudy, type TunedValue } from '../../../src/index.js';
import { inverseDistance } from '../../../src/figures/tuning/inverseDistance.js';
import { select, texts } from '../select.js';

/** Trials from rows of `[lr, depth, optimizer, value]`. */
function study(rows: readonly (readonly [TunedValue, TunedValue, TunedValue, number])[], more: Partial<TunedStudy> = {}): TunedStudy {
  return {
    name: 's',
    direction: 'minimize',
    parameters: {
      optimizer: { kind: 'categorical', choices: ['adam', 'sgd', 'lars'] },
      lr: { kind: 'float', low: 1e-4, high: 1e-2, log: true },
      depth: { kind: 'int', low: 1, high: 5 },
    },
    trials: rows.map(([lr, depth, optimizer, value], number) => ({
      number,
      state: 'complete',
      params: { lr, depth, optimizer },
      value,
      intermediate: [],
    })),
    ...more,
  };
}
const corners = [
  [1e-4, 1, 'adam', 4],
  [1e-2, 1, 'sgd', 3],
  [1e-4, 5, 'sgd', 2],
  [1e-2, 5, 'lars', 1],
  [1e-3, 3, 'adam', 2.5],
] as const;
const all = ['lr', 'depth', 'optimizer'];
const places = (figure: ReturnType<typeof parameterContours>, of: string) =>
  select(figure, `.${of} circle`).map((dot) => [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))] as const);
const contours = (figure: ReturnType<typeof parameterContours>) =>
  select(figure, '.contour path').filter((path) => (path.getAttribute('d') ?? '') !== '');
/** The middle of what a path encloses, roughly: the mean of its corners. */
function middle(path: Element): readonly [number, number] {
  const corners = [...path.getAttribute('d')!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return [mean(0), mean(1)];
}

describe('parameterContours', () => {
  it('takes the first two parameters that vary, numbers before choices', () => {
    const names = (given: TunedStudy) =>
      parameterContours(given)
        .table.columns.slice(2)
        .map(({ name }) => name);
    expect(names(study(corners))).toEqual(['lr', 'depth']);
    expect(names(study(corners.map(([lr, , optimizer, value]) => [lr, 3, optimizer, value])))).toEqual(['lr', 'optimizer']);
  });

  it('places a log parameter by its logarithm, and names the ticks of both axes', () => {
    const figure = parameterContours(study(corners));
    const xs = places(figure, 'trial').map(([x]) => x);
    expect(xs[4]).toBeCloseTo((xs[0]! + xs[1]!) / 2, 1);
    expect(texts(figure)).toEqual(expect.arrayContaining(['1e-4', '0.001', '0.01', '1', '3', '5', 'lr', 'depth']));
  });

  it.each([
    ['minimize', 3],
    ['maximize', 0],
  ] as const)('lays the innermost contour around the best trial, to %s', (direction, best) => {
    const figure = parameterContours(study(corners, { direction, best }));
    const [x, y] = middle(contours(figure).at(-1)!);
    const distances = places(figure, 'trial').map((dot) => Math.hypot(dot[0] - x, dot[1] - y));
    expect(distances.indexOf(Math.min(...distances))).toBe(best);
    expect(places(figure, 'best')).toEqual([places(figure, 'trial')[best]]);
    expect(texts(figure)).toContain(direction === 'minimize' ? 'worst to best: 4 to 1' : 'worst to best: 1 to 4');
  });

  it('is a triangle of panels for more than two, choices at even places', () => {
    const figure = parameterContours(study(corners), { parameters: all });
    expect(places(figure, 'trial')).toHaveLength(3 * corners.length);
    expect(new Set(contours(figure).map(({ parentElement }) => parentElement)).size).toBe(3);
    expect(figure.alt).toContain('over 3 pairs of parameters');
    expect(figure.caption).toContain('Between the choices of optimizer the ink means nothing');
    expect(texts(figure)).toEqual(expect.arrayContaining(['adam', 'sgd', 'lars']));
  });

  it('keeps its contours where one trial went astray', () => {
    const figure = parameterContours(study([...corners, [1e-3, 1, 'adam', 1e9]]));
    expect(contours(figure).length).toBeGreaterThan(3);
    expect(figure.caption).toContain('1 value far worse than the others counts as worst');
    expect(figure.table.rows.at(-1)![1]).toBe(1e9);
  });

  it('says so, and draws dots alone, where all values are alike', () => {
    const figure = parameterContours(study(corners.map(([lr, depth, optimizer]) => [lr, depth, optimizer, 0.7])));
    expect(contours(figure)).toHaveLength(0);
    expect(places(figure, 'trial')).toHaveLength(corners.length);
    expect(figure.caption).toContain('All complete trials have the same value');
    expect(texts(figure).join()).not.toContain('worst to best');
  });

  it('says which pair has too few trials for contours, and draws the others', () => {
    const figure = parameterContours(
      study(corners.map(([lr, depth, optimizer, value], i) => [lr, depth, i < 3 ? optimizer : 'none of the choices', value])),
      { parameters: all },
    );
    expect(figure.caption).toContain('Fewer than 4 trials have both lr and optimizer, or depth and optimizer: dots alone.');
    expect(places(figure, 'trial')).toHaveLength(5 + 3 + 3);
    expect(new Set(contours(figure).map(({ parentElement }) => parentElement)).size).toBe(1);
  });

  it('leaves out a trial whose value is no number', () => {
    const figure = parameterContours(study([...corners, [1e-3, 2, 'adam', NaN]]));
    expect(figure.table.rows).toHaveLength(corners.length);
    expect(figure.svg).not.toContain('NaN');
  });

  it('draws a contour around the one good trial among many alike', () => {
    const alike = Array.from({ length: 12 }, (_, i) => [1e-4 * 1.4 ** i, 1 + (i % 5), 'adam', i === 6 ? 0.2 : 0.7] as const);
    expect(contours(parameterContours(study(alike))).length).toBeGreaterThan(0);
  });

  it('draws two trials', () => {
    const figure = parameterContours(study(corners.slice(0, 2)), { parameters: ['lr', 'depth'] });
    expect(places(figure, 'trial')).toHaveLength(2);
    expect(figure.caption).toBe('Fewer than 4 trials have both lr and depth: dots alone.');
  });

  it('needs two parameters, and those of the search', () => {
    expect(() => parameterContours(study(corners), { parameters: ['lr', 'lr'] })).toThrow(/report\/no-data/);
    expect(() => parameterContours(study(corners), { parameters: ['lr', 'momentum'] })).toThrow(/report\/unknown-parameter/);
    expect(() => parameterContours(study(corners.map(() => corners[0])))).toThrow(/report\/no-data/);
  });
});

describe('inverseDistance', () => {
  const cell = fc.double({ min: 0, max: 12, noNaN: true });
  const point = fc.record({ x: cell, y: cell, value: fc.double({ min: -1e3, max: 1e3, noNaN: true }) });
  const gridOf = (points: readonly { x: number; y: number; value: number }[]) =>
    Array.from(
      inverseDistance(
        points.map((_, i) => i),
        12,
        12,
        points.map(({ x }) => x),
        points.map(({ y }) => y),
        points.map(({ value }) => value),
      ) as Iterable<number>,
    );

  it('stays within the values, and does not care about their order', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 8 }), (points) => {
        const grid = gridOf(points);
        const values = points.map(({ value }) => value);
        expect(grid).toHaveLength(144);
        expect(Math.min(...grid)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(Math.max(...grid)).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        gridOf([...points].reverse()).forEach((value, i) => expect(value).toBeCloseTo(grid[i]!, 6));
      }),
      { numRuns: 50 },
    );
  });

  it('averages values at one place, and weighs by the distance', () => {
    const pair = gridOf([
      { x: 0.5, y: 0.5, value: 1 },
      { x: 0.5, y: 0.5, value: 3 },
    ]);
    expect(new Set(pair.map((value) => value.toFixed(9)))).toEqual(new Set(['2.000000000']));
    const apart = gridOf([
      { x: 0.5, y: 0.5, value: 0 },
      { x: 11.5, y: 0.5, value: 1 },
    ]);
    // the weights at the first cell of the row: (0.08²)⁻² and ((11 / 12)² + 0.08²)⁻²
    expect(apart[0]).toBeCloseTo(((11 / 12) ** 2 + 0.0064) ** -2 / (((11 / 12) ** 2 + 0.0064) ** -2 + 0.0064 ** -2), 12);
    expect(apart.slice(0, 12)).toEqual([...apart.slice(0, 12)].sort((a, b) => a - b));
  });
});
