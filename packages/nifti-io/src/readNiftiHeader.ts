import type { Affine } from '@mgmt/core';
import type { DataTypeName } from './dataTypes.js';
import { countExtensions } from './extensions.js';
import { intentName } from './intents.js';
import { layoutOf, type Scaling } from './layout.js';
import { lpsAffine, type Transform, transformOf } from './niftiAffine.js';
import { withNifti } from './openNifti.js';
import type { HeaderTexts } from './parseHeader.js';
import { spaceUnit, timeUnit } from './units.js';

/** What a header says of its image. */
export interface NiftiHeader {
  readonly version: 1 | 2;
  /** Whether header and voxels are two files. */
  readonly pair: boolean;
  readonly endianness: 'little' | 'big';
  /** `(i, j, k, t, …)`, the file's order, the reverse of a volume's. */
  readonly extents: readonly number[];
  readonly dataType: DataTypeName;
  /** Along the first three of the extents, as far as there are so many; mm whatever the header's unit. 0 where the header leaves them open. */
  readonly voxelSizesMm: readonly number[];
  /** Between the volumes of a time series; none where the fourth axis is not time in a unit that the header names. */
  readonly timeStepS: number | undefined;
  /** One for each extent, as stored, in `units`. */
  readonly steps: readonly number[];
  /** Of the first three axes and of the fourth. */
  readonly units: { readonly space: 'm' | 'mm' | 'um' | 'unknown'; readonly time: 's' | 'ms' | 'us' | 'Hz' | 'ppm' | 'rad/s' | 'unknown' };
  /** Stored x slope + intercept; none where that changes nothing. */
  readonly scaling: Scaling | undefined;
  /** What the image is meant as: `label` for a label map, `none`, `vector`, … */
  readonly intent: { readonly code: number; readonly name: string; readonly parameters: readonly [number, number, number] };
  readonly qformCode: number;
  readonly sformCode: number;
  /** Which of them places the voxels. */
  readonly transform: Transform;
  /** `(i, j, k)`, a volume's `(column, row, slice)`, to LPS mm. */
  readonly affine: Affine;
  readonly extensionCount: number;
  /** Free text, which may say who the patient is; only where it was asked for. */
  readonly texts?: HeaderTexts;
}

/**
 * Reads the header of a NIfTI file, or of a pair by either name, and no voxel. Of gzip no more is inflated than the header and its extensions take.
 *
 * @param config - `identifying` to be given the free texts too
 * @throws `MgmtError` as `readNifti` as far as it concerns the header; `nifti-io/bad-extension`
 * @example
 * const header = await readNiftiHeader('functional.nii');
 * header.extents; // [17, 21, 3, 20]
 * header.voxelSizesMm; // [4, 4, 8]
 * header.timeStepS; // 2
 * header.texts; // undefined: who wants them says { identifying: true }
 */
export async function readNiftiHeader(
  path: string,
  { identifying = false }: { readonly identifying?: boolean } = {},
): Promise<NiftiHeader> {
  return withNifti(path, async ({ header, headerSource }) => {
    const { where } = headerSource;
    const { version, pair, littleEndian, fields, texts } = header;
    const layout = layoutOf(header, where);
    const { extents, type, scaling } = layout;
    const steps = extents.map((_, axis) => fields.pixDims[axis + 1]!);
    const [space, time] = [spaceUnit(fields.xyzt_units), timeUnit(fields.xyzt_units)];
    return {
      version,
      pair,
      endianness: littleEndian ? 'little' : 'big',
      extents,
      dataType: type.name,
      voxelSizesMm: steps.slice(0, 3).map((step) => step * space.mm),
      timeStepS: steps[3] === undefined || time.s === undefined ? undefined : steps[3] * time.s,
      steps,
      units: { space: space.name, time: time.name },
      scaling,
      intent: {
        code: fields.intent_code,
        name: intentName(fields.intent_code),
        parameters: [fields.intent_p1, fields.intent_p2, fields.intent_p3],
      },
      qformCode: fields.qform_code,
      sformCode: fields.sform_code,
      transform: transformOf(header),
      affine: lpsAffine(header, extents, where),
      extensionCount: await countExtensions(header, layout, headerSource),
      ...(identifying ? { texts } : {}),
    };
  });
}
