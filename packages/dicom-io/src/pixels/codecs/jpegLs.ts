import type { LoadDecoder } from '../frameDecoder.js';
import { storedArray } from '../storedArray.js';
import { interleave } from '../interleave.js';
import { parseJpegLs } from './jpegLsHeader.js';
import { loadOnce } from './loadOnce.js';
import { checkCodedImage } from './refusals.js';
import { settleValues } from './settleValues.js';
import { loadWasmDecoder } from './wasmDecoder.js';

/** JPEG-LS Lossless and Near-Lossless, 1.2.840.10008.1.2.4.80 and .81, by CharLS. ITU-T T.87. */
export const loadJpegLs: LoadDecoder = loadOnce(async () => {
  const decode = await loadWasmDecoder({
    name: 'CharLS',
    script: () => import('@cornerstonejs/codec-charls/decodewasmjs'),
    code: '@cornerstonejs/codec-charls/decodewasm',
    decoder: 'JpegLSDecoder',
  });
  return (codestream, format, where) => {
    const header = parseJpegLs(codestream, where);
    checkCodedImage(header, format, where);
    const length = header.rows * header.columns * header.samples;
    const wide = header.precision > 8;
    const samples = decode(codestream.subarray(0, header.end), length * (wide ? 2 : 1), where);
    const values = storedArray(format, length);
    values.set(wide ? new Uint16Array(samples.buffer) : samples);
    settleValues(values, { precision: header.precision, lossy: header.near > 0 }, format);
    if (header.planar && format.samplesPerPixel > 1) interleave(values, format.samplesPerPixel);
    return values;
  };
});
