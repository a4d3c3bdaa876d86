import { MgmtError, type Volume } from '@mgmt/core';

/** The error for a volume in which a step finds nothing to go by. */
export function blankVolume({ shape }: Volume, sought: string): MgmtError {
  return new MgmtError('the volume shows nothing', {
    code: 'preprocess/blank-volume',
    expected: sought,
    found: `none in ${shape.join(' x ')}`,
    hint: 'some series of the RSNA-MICCAI data are all dark: leave the case out or take another series of it',
  });
}
