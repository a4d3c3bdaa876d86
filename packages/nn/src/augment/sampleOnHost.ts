import { coursesOf, type Sampling } from './sampling.js';

/**
 * Reads a volume by plain loops, for backends that keep their tensors in this machine's memory. There it takes a tenth of the time of TensorFlow's
 * gathers (64x256x256 voxels: 0.13 s of processor time against 1.6), since nothing but the result is written.
 *
 * @param voxels - `[d, h, w, c]`
 * @returns `[d', h', w', c]`
 */
export function sampleOnHost(voxels: ArrayLike<number>, sampling: Sampling): Float32Array {
  const { source, target, channels, outside } = sampling;
  const [depth, height, width] = source;
  const [slices, rows, columns] = target;
  const [z, y, x] = coursesOf(sampling);
  const mirror = outside === 'mirror';
  const [lastZ, lastY, lastX] = [depth - 1, height - 1, width - 1];
  const [highestZ, highestY, highestX] = source.map((n) => Math.max(n - 2, 0)) as [number, number, number]; // where a pair of neighbors may begin
  const right = width > 1 ? channels : 0;
  const down = height > 1 ? width * channels : 0;
  const behind = depth > 1 ? height * width * channels : 0;
  const result = new Float32Array(slices * rows * columns * channels);
  let at = 0;
  for (let slice = 0; slice < slices; slice++) {
    for (let row = 0; row < rows; row++) {
      const firstZ = z.start + slice * z.steps[0] + row * z.steps[1];
      const firstY = y.start + slice * y.steps[0] + row * y.steps[1];
      const firstX = x.start + slice * x.steps[0] + row * x.steps[1];
      for (let column = 0; column < columns; column++) {
        const atZ = within(firstZ + column * z.steps[2], lastZ, mirror);
        const atY = within(firstY + column * y.steps[2], lastY, mirror);
        const atX = within(firstX + column * x.steps[2], lastX, mirror);
        const k = Math.min(atZ | 0, highestZ);
        const j = Math.min(atY | 0, highestY);
        const i = Math.min(atX | 0, highestX);
        const corner = ((k * height + j) * width + i) * channels;
        const toBehind = atZ - k;
        const toDown = atY - j;
        const toRight = atX - i;
        for (let channel = 0; channel < channels; channel++) {
          const near = bilinear(voxels, corner + channel, down, right, toDown, toRight);
          result[at++] =
            toBehind === 0 ? near : near + toBehind * (bilinear(voxels, corner + channel + behind, down, right, toDown, toRight) - near);
        }
      }
    }
  }
  return result;
}

function bilinear(voxels: ArrayLike<number>, corner: number, down: number, right: number, toDown: number, toRight: number): number {
  const above = voxels[corner]! + toRight * (voxels[corner + right]! - voxels[corner]!);
  const below = voxels[corner + down]! + toRight * (voxels[corner + down + right]! - voxels[corner + down]!);
  return above + toDown * (below - above);
}

/** A place along an axis brought into `[0, last]`. */
function within(place: number, last: number, mirror: boolean): number {
  if (place >= 0 && place <= last) return place;
  if (!mirror) return place < 0 ? 0 : last;
  if (last === 0) return 0;
  const along = Math.abs(place) % (2 * last); // the mirror images repeat after two extents
  return along > last ? 2 * last - along : along;
}
