import type { LoadDecoder } from '../frameDecoder.js';
import { loadDeflatedFrame } from './deflatedFrame.js';
import { loadJpeg } from './jpeg/jpeg.js';
import { loadJpeg2000 } from './jpeg2000.js';
import { loadJpegLs } from './jpegLs.js';
import { loadRle } from './rle.js';

/** The decoders of compressed frames, by transfer syntax. DICOM PS3.5 annex A.4. */
export const DECODERS: Readonly<Record<string, LoadDecoder>> = {
  '1.2.840.10008.1.2.5': loadRle,
  '1.2.840.10008.1.2.8.1': loadDeflatedFrame,
  '1.2.840.10008.1.2.4.50': loadJpeg, // baseline
  '1.2.840.10008.1.2.4.51': loadJpeg, // extended
  '1.2.840.10008.1.2.4.57': loadJpeg, // lossless
  '1.2.840.10008.1.2.4.70': loadJpeg, // lossless, first-order prediction
  '1.2.840.10008.1.2.4.80': loadJpegLs,
  '1.2.840.10008.1.2.4.81': loadJpegLs, // near-lossless
  '1.2.840.10008.1.2.4.90': loadJpeg2000, // reversible only
  '1.2.840.10008.1.2.4.91': loadJpeg2000,
  '1.2.840.10008.1.2.4.201': loadJpeg2000, // high throughput, reversible only
  '1.2.840.10008.1.2.4.202': loadJpeg2000, // reversible only, by resolutions
  '1.2.840.10008.1.2.4.203': loadJpeg2000,
};
