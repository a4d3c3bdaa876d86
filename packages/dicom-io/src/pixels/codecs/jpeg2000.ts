import type { LoadDecoder } from '../frameDecoder.js';
import { storedArray } from '../storedArray.js';
import { parseJ2k } from './j2kCodestream.js';
import { unbox } from './jp2Box.js';
import { loadOnce } from './loadOnce.js';
import { unsupportedCodestream } from './refusals.js';
import { settleValues } from './settleValues.js';
import { loadWasmDecoder } from './wasmDecoder.js';

/**
 * JPEG 2000, 1.2.840.10008.1.2.4.90 and .91, and High-Throughput JPEG 2000, .201 to .203, by OpenJPEG. ITU-T T.800 and T.814.
 *
 * @remarks OpenJPH decodes the latter five times as fast (3 against 16 ms for 512 x 512 of 16 bits). Its binding, though, always runs it in the mode that
 * makes the best of damaged data: it returns an image with empty parts and says nothing. OpenJPEG says so.
 */
export const loadJpeg2000: LoadDecoder = loadOnce(async () => {
  const decode = await loadWasmDecoder({
    name: 'OpenJPEG',
    script: () => import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    code: '@cornerstonejs/codec-openjpeg/decodewasm',
    decoder: 'J2KDecoder',
    harmless: /^\[INFO\]|TPsot==TNsot/, // some writers count tile-parts wrongly: here they are counted by walking over them
  });
  return (frame, format, where) => {
    const codestream = parseJ2k(unbox(frame, where), format, where);
    const { rows, columns, samples: components, precision, signed, lossy, bytes, signBytes } = codestream;
    if (precision > 16 || (components !== 1 && components !== 3)) {
      throw unsupportedCodestream(where, '1 or 3 components of at most 16 bits', `JPEG 2000 with ${components} of ${precision} bits`);
    }
    const length = rows * columns * components;
    const wide = precision > 8;

    // The binding returns no negative values of 8 bits. A sign only means that half the range is not added: without it that is added, and taken off here.
    const clearSigns = (copy: Uint8Array) => {
      for (const at of signBytes) copy[at] = precision - 1;
    };
    const samples = decode(bytes, length * (wide ? 2 : 1), where, clearSigns);
    const values = storedArray(format, length);
    values.set(wide ? new Uint16Array(samples.buffer) : samples);
    if (signed) {
      const half = 2 ** (precision - 1);
      for (let i = 0; i < length; i++) values[i] = values[i]! - half;
    }
    settleValues(values, { precision, lossy }, format);
    return values;
  };
});
