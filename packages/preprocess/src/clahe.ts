import { MgmtError, type Vector3, volume, type Volume, type VoxelArray } from '@mgmt/core';
import { blendTileMaps } from './claheBlend.js';
import { LEVELS, tileMaps } from './claheTiles.js';
import { finiteRange } from './finiteRange.js';

/** How local, how strong and how fine the equalization is. */
export interface ClaheConfig {
  /** Size of a tile in voxels, `[slices, rows, columns]`; an eighth of the volume, rounded down, by default. */
  readonly kernel?: Vector3;
  /** Largest share of a tile's voxels in one bin, 0 to 1, above which a bin's voxels are spread over the others; 0.01 by default. 0 does not limit. */
  readonly clipLimit?: number;
  /** Bins of a tile's histogram, 2 to 256; 256 by default. */
  readonly bins?: number;
  /**
   * The range of the voxels that is equalized: `unit`, the default, takes them to lie in `[0, 1]`; `volume` scales them by their smallest and largest finite
   * value first, as `minMax` does, in the same pass.
   */
  readonly range?: 'unit' | 'volume';
}

/**
 * Contrast limited adaptive histogram equalization in 3-D: every voxel gets its rank among its surroundings, and no contrast is raised beyond a limit. The
 * result spans 0 to 1 and equals scikit-image's `equalize_adapthist` (0.26) of the same voxels as floats.
 *
 * Blank and constant volumes become 0 throughout, and so does one so small that its tiles are single voxels (scikit-image makes them 1). What is not
 * finite counts as the darkest voxel.
 *
 * @throws `MgmtError` `preprocess/not-in-unit-range` under the range `unit`; `preprocess/bad-config` for a kernel, limit or number of bins that is none
 * @remarks Zuiderveld 1994, Graphics Gems IV; in three dimensions Amorim et al. 2018, the paper's reference.
 * @example
 * clahe(resizeVolume(brain, { shape: [64, 256, 256] }), { range: 'volume' });
 */
export function clahe({ data, shape, affine }: Volume, config: ClaheConfig = {}): Volume<Float32Array> {
  const { clipLimit = 0.01, bins = 256, range = 'unit' } = config;
  const kernel = config.kernel ?? (shape.map((n) => Math.max(1, Math.floor(n / 8))) as unknown as Vector3);
  checkConfig(kernel, clipLimit, bins);
  const floats = data.constructor.name === 'Float64Array' ? (data as Float64Array) : asFloat32(data);
  const scale = range === 'volume' ? scaleOfVolume(floats) : scaleOfUnit(floats);
  if (scale.high === scale.low) return volume(new Float32Array(data.length), shape, affine);
  const grays = grayBins(floats, scale, binOfSixteenBits(scale, bins));
  const tiles = tileMaps(grays, shape, { kernel, clipLimit, bins });
  const levels = blendTileMaps(grays, shape, kernel, tiles);
  stretch(levels);
  return volume(levels, shape, affine);
}

/** How voxels become 16-bit integers: `(value - offset) * perUnit`, rounded to float32, times 65535, rounded to a whole number. */
interface Scale {
  readonly offset: number;
  readonly perUnit: number;
  /** The smallest and the largest of these integers. */
  readonly low: number;
  readonly high: number;
}

function scaleOfVolume(data: Floats): Scale {
  const { low, high } = finiteRange(data);
  return high > low ? { offset: low, perUnit: 1 / (high - low), low: 0, high: 65535 } : { offset: 0, perUnit: 0, low: 0, high: 0 };
}

function scaleOfUnit(data: Floats): Scale {
  const { low, high } = finiteRange(data);
  if (low < 0 || (high > 1 && high >= low)) {
    throw new MgmtError('histogram equalization takes voxels from 0 to 1', {
      code: 'preprocess/not-in-unit-range',
      expected: 'all of [0, 1]',
      found: `${low} to ${high}`,
      hint: "let it scale them, by the option range: 'volume', or do so first by minMaxPerSlice or windowLevel",
    });
  }
  const isEmpty = low > high;
  return { offset: 0, perUnit: 1, low: isEmpty ? 0 : sixteenBits(data, low), high: isEmpty ? 0 : sixteenBits(data, high) };
}

/** Half to even; of float32 voxels the product is float32 too, as NumPy has it. */
function sixteenBits(data: Floats, value: number): number {
  return roundHalfToEven(data.constructor.name === 'Float32Array' ? Math.fround(value * 65535) : value * 65535);
}

const roundHalfToEven = (value: number) => value + HALF_TO_EVEN - HALF_TO_EVEN;
/** A double this large has no fraction: adding it rounds as the processor does. */
const HALF_TO_EVEN = 1.5 * 2 ** 52;

function binOfSixteenBits({ low, high }: Scale, bins: number): Uint8Array {
  const binSize = 1 + Math.floor(LEVELS / bins);
  const binOf = new Uint8Array(65536);
  for (let gray = low; gray <= high; gray++) {
    binOf[gray] = (roundHalfToEven(((gray - low) / (high - low)) * (LEVELS - 1)) / binSize) | 0;
  }
  return binOf;
}

/** The bin of every voxel. NaN and the infinities, as integers 0, get the bin of 0. */
function grayBins(data: Floats, { offset, perUnit }: Scale, binOf: Uint8Array): Uint8Array {
  const result = new Uint8Array(data.length);
  if (data.constructor.name === 'Float32Array') binFloat32(result, data as Float32Array, offset, perUnit, binOf);
  else binFloat64(result, data as Float64Array, offset, perUnit, binOf);
  return result;
}

// Two loops, since one that meets both types of array is three times as slow.
function binFloat32(result: Uint8Array, data: Float32Array, offset: number, perUnit: number, binOf: Uint8Array): void {
  for (let p = 0; p < data.length; p++) {
    const gray = Math.fround(Math.fround((data[p]! - offset) * perUnit) * 65535);
    result[p] = binOf[(gray + HALF_TO_EVEN - HALF_TO_EVEN) & 0xffff]!;
  }
}

function binFloat64(result: Uint8Array, data: Float64Array, offset: number, perUnit: number, binOf: Uint8Array): void {
  for (let p = 0; p < data.length; p++) {
    const gray = (data[p]! - offset) * perUnit * 65535;
    result[p] = binOf[(gray + HALF_TO_EVEN - HALF_TO_EVEN) & 0xffff]!;
  }
}

/** Takes levels to `[0, 1]`, in place: the smallest to 0 and the largest to 1. */
function stretch(levels: Float32Array): void {
  const { low, high } = finiteRange(levels);
  const perLevel = high > low ? 1 / (high - low) : 0;
  for (let p = 0; p < levels.length; p++) levels[p] = (levels[p]! - low) * perLevel;
}

function checkConfig(kernel: Vector3, clipLimit: number, bins: number): void {
  const whole = (n: number, low: number, high: number) => Number.isInteger(n) && n >= low && n <= high;
  const wrong = !kernel.every((n) => whole(n, 1, Infinity)) ? 'kernel' : !(clipLimit >= 0 && clipLimit <= 1) ? 'clipLimit' : 'bins';
  if (wrong === 'bins' && whole(bins, 2, 256)) return;
  throw new MgmtError(`histogram equalization has no such ${wrong}`, {
    code: 'preprocess/bad-config',
    expected: 'kernel: three whole numbers of voxels; clipLimit: 0 to 1; bins: 2 to 256',
    found: JSON.stringify({ kernel, clipLimit, bins }),
  });
}

type Floats = Float32Array | Float64Array;

const asFloat32 = (data: VoxelArray) => (data.constructor.name === 'Float32Array' ? (data as Float32Array) : new Float32Array(data));
