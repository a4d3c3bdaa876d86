import type { FileHandle } from 'node:fs/promises';
import type { Instance } from '../instance.js';

/**
 * Brings the stored values of one image from its file into memory: the contract of every file in this folder.
 *
 * @param file - the instance's, open for reading
 * @param into - the memory of the image's slice: rows x columns values of 8 or 16 bits in the machine's byte order. Bits above those stored may be left dirty
 */
export type PixelReader = (file: FileHandle, instance: Instance, into: Uint8Array) => Promise<void>;
