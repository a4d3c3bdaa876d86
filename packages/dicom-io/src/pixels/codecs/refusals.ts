import { MgmtError } from '@mgmt/core';
import type { PixelFormat } from '../pixelFormat.js';

/** What a codestream's own header says of its image. */
export interface CodedImage {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  /** Bits of a sample. */
  readonly precision: number;
}

/**
 * Compares a codestream's header with the data set, before memory is taken for either.
 *
 * @remarks Fewer or more bits than are stored are common and do no harm, as long as they fit those allocated.
 * @throws `MgmtError` `dicom-io/codestream-mismatch`
 */
export function checkCodedImage(image: CodedImage, format: PixelFormat, where: string): void {
  const { rows, columns, samplesPerPixel, bitsAllocated, values } = format;
  const same = image.rows === rows && image.columns === columns && image.samples === samplesPerPixel;
  if (same && image.precision <= bitsAllocated && values === 'integer') return;
  throw new MgmtError('the compressed frame is another image than the data set describes', {
    code: 'dicom-io/codestream-mismatch',
    where,
    expected: `${columns} x ${rows} x ${samplesPerPixel}, ${values} values of at most ${bitsAllocated} bits`,
    found: `${image.columns} x ${image.rows} x ${image.samples}, integer values of ${image.precision} bits`,
    hint: 'the frame or the header was replaced; fetch the file again, or leave it out',
  });
}

/** A codestream that breaks its own rules or ends early. */
export function badCodestream(
  where: string,
  sentence: string,
  details: { expected?: string; found?: string; cause?: unknown } = {},
): MgmtError {
  return new MgmtError(sentence, {
    code: 'dicom-io/bad-codestream',
    where,
    ...details,
    hint: 'the frame is damaged or was cut short; fetch the file again, or leave it out',
  });
}

/** A codestream that may be sound, in a way that is not read here. */
export function unsupportedCodestream(where: string, expected: string, found: string): MgmtError {
  return new MgmtError('the compressed frame uses a process that is not read here', {
    code: 'dicom-io/unsupported-codestream',
    where,
    expected,
    found,
    hint: 'convert the file first, for example with dcmdjpeg or gdcmconv --raw',
  });
}
