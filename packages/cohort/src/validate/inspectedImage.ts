import { createHash } from 'node:crypto';
import { isMgmtError, type Vector3, type VoxelArray } from '@mgmt/core';
import { type Finding, type FindingCode, FINDINGS, type ImageFacts } from './cohortReport.js';

/** What was seen of one image: what goes into the report, and marks that only comparisons take. */
export interface InspectedImage {
  /** None where no volume was found. */
  readonly facts?: ImageFacts;
  readonly findings: readonly Finding[];
  /** What images of one case have in common; none where the image does not say it. */
  readonly common: {
    readonly frameOfReference?: string | undefined;
    readonly patient?: string | undefined;
    readonly grid?: string | undefined;
  };
  /** Of the middle slice's voxels; none where the image cannot be read, or is dark. */
  readonly print?: string;
}

/** A finding; its kind is that of its code. */
export const finding = (code: FindingCode, of: Finding['of'], sentence: string): Finding => ({ code, kind: FINDINGS[code], of, sentence });

/** What stopped a reader: the code and sentence alone, since what an error found may be a header's text, and where it was is known. */
export function cannotRead(of: Finding['of'], error: unknown): Finding {
  const said = isMgmtError(error) ? `${error.code}: ${error.sentence}` : error instanceof Error ? `${error.name}` : 'for an unknown reason';
  return finding('cannot-read', of, said);
}

/** A mark of voxels: equal for equal values of the same type, in an array of the same extents. */
export function printOf(data: VoxelArray | BigInt64Array | BigUint64Array, shape: readonly number[]): string {
  return createHash('sha256')
    .update(`${data.constructor.name} ${shape.join(' ')} `)
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex')
    .slice(0, 32);
}

/** True where all voxels are the same. */
export const isDark = (data: ArrayLike<number>): boolean => {
  for (let i = 1; i < data.length; i++) if (data[i] !== data[0]) return false;
  return true;
};

/** To a thousandth of a millimetre: further digits are rounding. */
export const rounded = ([a, b, c]: Vector3): Vector3 => [round(a), round(b), round(c)];
const round = (mm: number) => Math.round(mm * 1000) / 1000;
