import { MgmtError } from '@mgmt/core';
import type { ByteSource } from '../dicomFile.js';
import type { Instance } from '../image/instance.js';
import { describeTransferSyntax, isNative } from '../transferSyntaxes.js';
import { DECODERS } from './codecs/decoders.js';
import { frameExtents } from './frameExtents.js';
import { checkPixelFormat } from './checkPixelFormat.js';
import { openNative } from './native.js';
import type { FrameReader } from './frameReader.js';

/**
 * Prepares to read the frames of an image. Where they stand is found once; each frame is then read, and decoded, by itself.
 *
 * @param source - the instance's file, unpacked
 * @throws `MgmtError` `dicom-io/unsupported-transfer-syntax` (with its name), `dicom-io/unsupported-pixel-format`, `dicom-io/truncated-pixel-data`,
 * `dicom-io/bad-fragments`; a reader throws these and those of `FrameDecoder`
 */
export async function openFrames(source: ByteSource, instance: Instance): Promise<FrameReader> {
  const { path, transferSyntaxUid, pixels } = instance;
  checkPixelFormat(instance);
  if (isNative(transferSyntaxUid)) return openNative(source, instance);
  const load = Object.hasOwn(DECODERS, transferSyntaxUid) ? DECODERS[transferSyntaxUid] : undefined;
  if (!load) {
    throw new MgmtError('the pixels come in a transfer syntax that is not read here', {
      code: 'dicom-io/unsupported-transfer-syntax',
      where: path,
      expected: 'one of those in docs/dicom.md',
      found: describeTransferSyntax(transferSyntaxUid),
      hint: 'convert the file first, for example with dcmconv, dcmdjpeg or gdcmconv --raw',
    });
  }
  const extents = await frameExtents(source, instance);
  const decode = await load();
  return async (frame, into) => {
    const extent = extents[frame]!;
    const codestream = new Uint8Array(extent.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const { offset, length } of extent) at += await source.read(codestream.subarray(at, at + length), offset);
    into.set(decode(codestream, pixels, pixels.frames > 1 ? `${path}, frame ${frame + 1}` : path));
  };
}
