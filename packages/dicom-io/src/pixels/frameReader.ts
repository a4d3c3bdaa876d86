import type { StoredArray } from './storedArray.js';

/**
 * Brings the stored values of one frame into memory: rows x columns x samples of them, samples of a pixel side by side, bits around those stored clean.
 *
 * @param frame - counted from 0
 * @param into - of the type that `storedArray` makes for the image's format, and of a frame's length
 */
export type FrameReader = (frame: number, into: StoredArray) => Promise<void>;
