import { MgmtError } from '@mgmt/core';
import type { Instance } from '../instance.js';
import { describeTransferSyntax } from '../transferSyntaxes.js';
import { readNative } from './native.js';
import type { PixelReader } from './pixelReader.js';

const READERS: Readonly<Record<string, PixelReader>> = {
  '1.2.840.10008.1.2': readNative,
  '1.2.840.10008.1.2.1': readNative,
};

/**
 * The reader for an image's transfer syntax.
 *
 * @throws `MgmtError` `dicom-io/unsupported-transfer-syntax`, with the syntax's name
 */
export function pixelReaderOf({ path, transferSyntaxUid }: Instance): PixelReader {
  const reader = READERS[transferSyntaxUid];
  if (reader) return reader;
  throw new MgmtError('the pixels come in a transfer syntax that is not read here', {
    code: 'dicom-io/unsupported-transfer-syntax',
    where: path,
    expected: Object.keys(READERS).map(describeTransferSyntax).join(', '),
    found: describeTransferSyntax(transferSyntaxUid),
    hint: 'convert the files first, for example with dcmconv, dcmdjpeg or gdcmconv --raw',
  });
}
