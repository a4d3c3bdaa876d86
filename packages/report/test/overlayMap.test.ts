import { overlayMap } from '../src/index.js';

describe('overlayMap', () => {
  it('shows the image as it is where the map is 0 or no number, black and white at its range', () => {
    const pixels = overlayMap([-5, 10, 20, 30, NaN], [0, 0, 0, NaN, 0], { range: [10, 30] });
    expect([...pixels]).toEqual([0, 0, 0, 0, 0, 0, 128, 128, 128, 255, 255, 255, 0, 0, 0]);
  });

  it('is orange where the map speaks for, sky blue where it speaks against, and clips what is beyond', () => {
    const pixels = overlayMap([0, 0, 1, 1], [1, -1, 9, -9], { opacity: 1 });
    expect([...pixels]).toEqual([230, 159, 0, 86, 180, 233, 230, 159, 0, 86, 180, 233]);
  });

  it('blends in proportion to the map and the opacity', () => {
    expect([...overlayMap([1], [0.5], { opacity: 0.5 })]).toEqual([249, 231, 191]); // 255 + (230 - 255) / 4, ...
  });

  it('refuses a map of another size', () => {
    expect(() => overlayMap([0, 1], [0])).toThrow(/report\/bad-shape: the map does not lie on the image\n {2}expected 2 pixels, found 1/);
  });
});
