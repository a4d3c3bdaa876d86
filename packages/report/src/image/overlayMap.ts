import { MgmtError } from '@mgmt/core';

/** How a map is laid over an image. */
export interface OverlayMapOptions {
  /** What of the image is black and white; values beyond are clipped. Default [0, 1]. */
  readonly range?: readonly [number, number];
  /** The share of color where the map is 1 or -1. Default 0.75. */
  readonly opacity?: number;
}

/**
 * A gray image with a map of evidence over it, orange where the map is positive and sky blue where it is negative (Okabe and Ito's), the more of it the
 * larger the map; at 0 the image shows as it is.
 *
 * @param image - `[pixels]`, a slice
 * @param map - `[pixels]` in [-1, 1], values beyond are clipped: of `@mgmt/interpret` what `unitScale` gives
 * @returns `[3 pixels]`, red, green, blue, 0 to 255
 * @throws `MgmtError` `report/bad-shape` where image and map differ in size
 */
export function overlayMap(
  image: ArrayLike<number>,
  map: ArrayLike<number>,
  { range: [black, white] = [0, 1], opacity = 0.75 }: OverlayMapOptions = {},
): Uint8Array {
  if (image.length !== map.length) {
    throw new MgmtError('the map does not lie on the image', {
      code: 'report/bad-shape',
      expected: `${image.length} pixels`,
      found: `${map.length}`,
    });
  }
  const pixels = new Uint8Array(3 * image.length);
  for (let i = 0; i < image.length; i++) {
    const gray = 255 * clip((image[i]! - black) / (white - black));
    const color = map[i]! < 0 ? AGAINST : FOR;
    const share = opacity * clip(Math.abs(map[i]!));
    for (let channel = 0; channel < 3; channel++) pixels[3 * i + channel] = Math.round(gray + share * (color[channel]! - gray));
  }
  return pixels;
}

const FOR = [230, 159, 0];
const AGAINST = [86, 180, 233];

function clip(value: number): number {
  return value > 0 ? Math.min(value, 1) : 0; // NaN becomes 0
}
