import { MgmtError } from '@mgmt/core';
import dicomParser, { type DataSet as ParsedDataSet, type Element } from 'dicom-parser';
import { DEFLATED } from './transferSyntaxes.js';

/** The data set of a file up to its pixel data, and typed ways to ask it. Tags are spelled as dicom-parser does: `x7fe00010`. */
export interface DataSet {
  /** A text as it stands, trimmed; undefined where it is absent or empty. */
  text(tag: string): string | undefined;
  /** The numbers of a decimal or integer string; undefined where one is absent, empty or no number. */
  numbers(tag: string, count?: number): readonly number[] | undefined;
  /** A 16-bit integer (US). */
  uint16(tag: string): number | undefined;
  /** Where the value of an element stands, and its length, undefined where that is not given. */
  extent(tag: string): { offset: number; length: number | undefined } | undefined;
}

/**
 * Parses a DICOM file until its pixel data. The bytes may end anywhere after the pixel data have begun.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `dicom-io/not-dicom`, `dicom-io/malformed` with the byte after which nothing was understood,
 * `dicom-io/unsupported-transfer-syntax` where not even the header is readable (deflated)
 */
export function parseDataSet(bytes: Uint8Array, where: string): DataSet {
  if (!isPart10(bytes)) {
    throw new MgmtError('this is no DICOM file', { code: 'dicom-io/not-dicom', where, expected: 'the letters DICM at byte 128' });
  }
  const stopAtPixels = { untilTag: PIXEL_DATA };
  const meta = understood(bytes, where, () => dicomParser.readPart10Header(bytes, stopAtPixels));
  if (meta.string('x00020010') === DEFLATED) {
    throw new MgmtError('the data set is deflated', {
      code: 'dicom-io/unsupported-transfer-syntax',
      where,
      expected: 'a transfer syntax without compression',
      found: `Deflated Explicit VR Little Endian (${DEFLATED})`,
      hint: 'convert the files first, for example with dcmconv of DCMTK',
    });
  }
  return queries(understood(bytes, where, () => dicomParser.parseDicom(bytes, stopAtPixels)));
}

/** True for bytes that begin as a DICOM file does: a preamble of 128 bytes and `DICM`. PS3.10 section 7.1. */
export function isPart10(bytes: Uint8Array): boolean {
  return bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;
}

/** The tag of Pixel Data. */
export const PIXEL_DATA = 'x7fe00010';

function queries(dataSet: ParsedDataSet): DataSet {
  const utf8 = dataSet.string('x00080005') === 'ISO_IR 192';
  const text = (tag: string) => {
    const value = dataSet.string(tag);
    return value && utf8 ? Buffer.from(value, 'latin1').toString('utf8') : value || undefined;
  };
  return {
    text,
    uint16: (tag) => ((dataSet.elements[tag]?.length ?? 0) >= 2 ? dataSet.uint16(tag) : undefined),
    numbers(tag, count = 1) {
      const values = text(tag)
        ?.split('\\')
        .map((part) => (part.trim() ? Number(part) : NaN));
      return values && values.length >= count && values.slice(0, count).every(Number.isFinite) ? values.slice(0, count) : undefined;
    },
    extent(tag) {
      const element = dataSet.elements[tag];
      return element && { offset: element.dataOffset, length: element.hadUndefinedLength ? undefined : element.length };
    },
  };
}

/** dicom-parser throws strings, and objects that wrap them with what was parsed so far; an element that runs past the end it lets pass. */
function understood(bytes: Uint8Array, where: string, parse: () => ParsedDataSet): ParsedDataSet {
  const endOf = ({ dataOffset, length }: Element) => dataOffset + length;
  const malformed = (elements: readonly Element[], cause?: unknown) => {
    const lastByte = elements.map(endOf).reduce((last, end) => (end > last && end <= bytes.length ? end : last), 132);
    return new MgmtError(`the DICOM data set cannot be understood after byte ${lastByte}`, {
      code: 'dicom-io/malformed',
      where,
      hint: 'the file is damaged or was cut short; fetch it again',
      cause,
    });
  };
  let dataSet: ParsedDataSet;
  try {
    dataSet = parse();
  } catch (thrown) {
    const { exception, dataSet: partial } = thrown as { exception?: unknown; dataSet?: ParsedDataSet };
    throw malformed(Object.values(partial?.elements ?? {}), exception ?? thrown);
  }
  const elements = Object.values(dataSet.elements);
  if (elements.some((element) => element.tag !== PIXEL_DATA && endOf(element) > bytes.length)) throw malformed(elements);
  return dataSet;
}
