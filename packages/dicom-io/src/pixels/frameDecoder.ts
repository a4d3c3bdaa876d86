import type { PixelFormat } from './pixelFormat.js';
import type { StoredArray } from './storedArray.js';

/**
 * Turns one compressed frame into its stored values: the contract of every codec in this folder.
 *
 * @param codestream - the bytes of the frame, its fragments joined; padding may follow its end
 * @param format - what the data set says of the pixels; a codestream that says otherwise in size or number of samples is refused
 * @param where - path and frame, for errors
 * @returns `rows x columns x samples` values, samples of a pixel side by side, in the array that {@link storedArray} makes for the format; bits around
 * those stored are clean, signs extended. The memory is the caller's
 * @throws `MgmtError` `dicom-io/bad-codestream` where it is damaged or ends early, `dicom-io/codestream-mismatch` where it tells another image than the
 * data set, `dicom-io/unsupported-codestream` for a process that is not read here
 */
export type FrameDecoder = (codestream: Uint8Array, format: PixelFormat, where: string) => StoredArray;

/** Loads what a codec needs, once, at its first frame. */
export type LoadDecoder = () => Promise<FrameDecoder>;
