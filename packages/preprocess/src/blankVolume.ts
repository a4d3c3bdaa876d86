import { MgmtError, type Volume } from '@mgmt/core';

/** The error for a volume in which no voxel counts as head. */
export function blankVolume({ shape }: Volume): MgmtError {
  return new MgmtError('the volume shows nothing', {
    code: 'preprocess/blank-volume',
    expected: 'voxels that differ from the background',
    found: `none in ${shape.join(' x ')}`,
    hint: 'some series of the RSNA-MICCAI data are all dark: leave the case out or take another series of it',
  });
}
