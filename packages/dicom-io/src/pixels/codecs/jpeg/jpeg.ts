import type { FrameDecoder, LoadDecoder } from '../../frameDecoder.js';
import { storedArray } from '../../storedArray.js';
import { badCodestream, checkCodedImage } from '../refusals.js';
import { settleValues } from '../settleValues.js';
import { JpegReader, type JpegScan } from './jpegReader.js';
import { decodeLosslessScan } from './lossless.js';
import { codedBlocks, decodeSequentialScan, planesOf } from './sequential.js';
import { placePlane } from './upsample.js';

/**
 * JPEG baseline, extended and lossless, 1.2.840.10008.1.2.4.50, .51, .57 and .70. ITU-T T.81.
 *
 * @remarks Which of them a frame is, it says itself. Components come out as they were coded: no conversion of colors.
 */
export const loadJpeg: LoadDecoder = () => Promise.resolve(decodeJpeg);

const decodeJpeg: FrameDecoder = (codestream, format, where) => {
  const reader = new JpegReader(codestream, where);
  let scan: JpegScan | undefined = reader.nextScan(2);
  if (!scan) throw badCodestream(where, 'the JPEG frame holds no image');
  const { frame } = reader;
  checkCodedImage(frame, format, where);
  const fewestBits = frame.lossless ? frame.rows * frame.columns * frame.samples : 2 * codedBlocks(frame); // one a sample, or two a block
  if (codestream.length * 8 < fewestBits) {
    throw badCodestream(where, 'the JPEG frame is shorter than its image can be', {
      expected: `at least ${Math.ceil(fewestBits / 8)} bytes`,
      found: String(codestream.length),
    });
  }
  const planes = frame.lossless ? [] : planesOf(frame, where);
  const values = storedArray(format, frame.rows * frame.columns * frame.samples);

  const missing = new Set(frame.components.keys());
  while (scan) {
    if (!scan.components.every(({ index }) => missing.delete(index))) throw badCodestream(where, 'a JPEG component is coded twice');
    const end: number = frame.lossless
      ? decodeLosslessScan(codestream, frame, scan, values, where)
      : decodeSequentialScan(codestream, frame, scan, planes, where);
    scan = reader.nextScan(end);
  }
  if (missing.size > 0) throw badCodestream(where, 'the JPEG frame lacks a component', { expected: `${frame.samples} of them` });
  planes.forEach((plane, i) => placePlane(plane, values, i, frame));
  settleValues(values, { precision: frame.precision, lossy: !frame.lossless }, format);
  return values;
};
