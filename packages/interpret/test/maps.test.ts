import fc from 'fast-check';
import { overChannels, resizeMap, unitScale } from '../src/index.js';

const ramp = (...shape: number[]) => ({ data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i), shape });

describe('resizeMap', () => {
  it('follows the half-pixel-centre rule, each image by itself', () => {
    const { data, shape } = resizeMap({ data: Float32Array.of(0, 4, 10, 30), shape: [2, 1, 2] }, [1, 4]);
    expect(shape).toEqual([2, 1, 4]);
    expect([...data]).toEqual([0, 1, 3, 4, 10, 15, 25, 30]);
  });

  it('interpolates along depth too, within an image and not between images', () => {
    const { data } = resizeMap({ data: Float32Array.of(0, 4, 10, 30), shape: [2, 2, 1, 1] }, [4, 1, 1]);
    expect([...data]).toEqual([0, 1, 3, 4, 10, 15, 25, 30]);
  });

  it('leaves a map on its own grid, and a constant a constant', () => {
    const extent = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(extent, { minLength: 2, maxLength: 3 }), extent, fc.infiniteStream(extent), (grid, batch, more) => {
        const map = ramp(batch, ...grid);
        expect(resizeMap(map, grid).data).toEqual(map.data);
        const other = grid.map(() => more.next().value as number);
        const flat = resizeMap({ data: new Float32Array(map.data.length).fill(0.25), shape: map.shape }, other);
        expect(flat.shape).toEqual([batch, ...other]);
        expect(flat.data.every((value) => value === 0.25)).toBe(true);
      }),
    );
  });

  it('refuses a grid of other axes', () => {
    expect(() => resizeMap(ramp(1, 2, 2), [2, 2, 2])).toThrow(/interpret\/bad-grid[^]*found \[1, 2, 2\] and \[2, 2, 2\]/);
    expect(() => resizeMap(ramp(1, 2), [2])).toThrow(/interpret\/bad-grid/);
  });
});

describe('unitScale', () => {
  it('divides each image by its largest absolute value, and keeps zeros, signs and what else the map holds', () => {
    const scores = Float32Array.of(1, 2, 3);
    const scaled = unitScale({ data: Float32Array.of(1, -4, 0, 0, 0.5, 0.25), shape: [3, 1, 2], scores });
    expect(scaled).toEqual({ data: Float32Array.of(0.25, -1, 0, 0, 1, 0.5), shape: [3, 1, 2], scores });
  });
});

describe('overChannels', () => {
  const attribution = { data: Float32Array.of(1, -4, 2, 2, -3, 1), shape: [1, 1, 3, 2] };

  it('adds up, or takes the largest absolute value', () => {
    expect(overChannels(attribution, 'sum')).toEqual({ data: Float32Array.of(-3, 4, -2), shape: [1, 1, 3] });
    expect(overChannels(attribution, 'largest')).toEqual({ data: Float32Array.of(4, 2, 3), shape: [1, 1, 3] });
  });
});
