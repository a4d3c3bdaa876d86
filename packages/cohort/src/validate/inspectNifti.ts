import { orientationOf, spacingMm, type Volume } from '@mgmt/core';
import { type NiftiHeader, readNifti, readNiftiHeader } from '@mgmt/nifti-io';
import type { Modality } from '../cohort.js';
import { readMask } from '../readMask.js';
import type { Finding, ImageFacts } from './cohortReport.js';
import { cannotRead, finding, type InspectedImage, isDark, printOf, rounded } from './inspectedImage.js';

/** Reads the header of a NIfTI image, and its voxels to the last: what is packed tells only so whether it is whole. */
export async function inspectNifti(path: string, of: Modality): Promise<InspectedImage> {
  const header = await readNiftiHeader(path);
  const findings = findingsOf(header, of);
  const common = { grid: gridOf(header) };
  if (findings.length > 0) return { facts: factsOf(header), findings, common };
  const volume = await readNifti(path).catch((error: unknown) => cannotRead(of, error));
  if ('code' in volume) return { facts: factsOf(header), findings: [volume], common };
  if (isDark(volume.data)) return { facts: factsOf(header), findings: [finding('dark', of, `all voxels are ${volume.data[0]}`)], common };
  return { facts: factsOf(header), findings: [], common, print: printOf(middleSlice(volume), volume.shape) };
}

/** Reads a mask: its header and its labels. */
export async function inspectMask(path: string): Promise<InspectedImage> {
  const header = await readNiftiHeader(path);
  const findings = findingsOf(header, 'mask');
  const common = { grid: gridOf(header) };
  if (findings.length === 0) {
    const mask = await readMask({ id: '', mask: path }).catch((error: unknown) => error);
    if (isBadLabel(mask)) findings.push(finding('bad-mask-label', 'mask', `a voxel is ${mask.found}, not ${mask.expected}`));
    else if (!isVolume(mask)) findings.push(cannotRead('mask', mask));
    else if (mask.data.every((label) => label === 0)) findings.push(finding('empty-mask', 'mask', 'the mask has no tumor'));
  }
  return { facts: factsOf(header), findings, common };
}

const isBadLabel = (error: unknown): error is { readonly found: string; readonly expected: string } =>
  error instanceof Error && 'code' in error && error.code === 'cohort/bad-mask-label';
const isVolume = (value: unknown): value is Volume<Uint8Array> => typeof value === 'object' && value !== null && 'affine' in value;

function findingsOf({ extents, transform }: NiftiHeader, of: Finding['of']): Finding[] {
  const findings: Finding[] = [];
  if (extents.slice(3).some((n) => n > 1)) findings.push(finding('several-volumes', of, `several volumes: ${extents.join(' x ')}`));
  if (transform === 'voxel sizes') findings.push(finding('irregular-slices', of, 'the file does not say where in the patient it lies'));
  return findings;
}

function factsOf({ affine, ...header }: NiftiHeader): ImageFacts {
  return {
    format: 'nifti',
    files: header.pair ? 2 : 1,
    otherFiles: 0,
    shape: shapeOf(header),
    spacingMm: rounded(spacingMm(affine)),
    orientation: orientationOf(affine),
    vendor: 'not said',
  };
}

const shapeOf = ({ extents: [i = 1, j = 1, k = 1] }: Pick<NiftiHeader, 'extents'>) => [k, j, i] as const;

/** The matrix, and its place to a hundredth of a millimetre. */
const gridOf = (header: NiftiHeader) =>
  JSON.stringify([shapeOf(header), header.affine.map((row) => row.map((value) => Math.round(value * 100)))]);

function middleSlice({ data, shape: [slices, rows, columns] }: Volume): Volume['data'] {
  const middle = slices >> 1;
  return data.subarray(middle * rows * columns, (middle + 1) * rows * columns);
}
