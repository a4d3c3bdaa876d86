import type { Vector3 } from '@mgmt/core';
import type { Elements } from '../dataSet/elements.js';
import { type FrameGroups, MACRO, pixelSpacing } from './frameGroups.js';
import type { Frame, ImagePlane } from './instance.js';
import { cross, dot, scale } from '../vectors.js';

/** The frames of an image, in the order of the file. */
export function readFrames(dataSet: Elements, groups: FrameGroups, count: number): readonly Frame[] {
  const offsetsMm = count > 1 ? dataSet.numbers('x3004000c', count) : undefined; // Grid Frame Offset Vector, of dose grids: PS3.3 section C.8.8.3.2
  if (dataSet.items('x52009230').length > 0) return Array.from({ length: count }, (_, index) => readFrame(groups, index));
  const frame = readFrame(groups, 0);
  if (count === 1) return [frame];
  const { plane } = frame;
  // several frames that say nothing of their own: where they lie is known from their offsets, or not at all
  if (!plane || !offsetsMm) return new Array<Frame>(count).fill({ ...frame, plane: undefined });
  const normal = cross(plane.rowDirection, plane.columnDirection);
  return offsetsMm.slice(0, count).map((offset) => ({
    ...frame,
    plane: {
      ...plane,
      position: [0, 1, 2].map((axis) => plane.position[axis]! + (offset - offsetsMm[0]!) * normal[axis]!) as unknown as Vector3,
    },
  }));
}

function readFrame(groups: FrameGroups, index: number): Frame {
  const numbers = (macro: string, tag: string, count = 1) => groups.of(index, macro, tag)?.numbers(tag, count);
  const number = (macro: string, ...tags: string[]) => tags.map((tag) => numbers(macro, tag)?.[0]).find((n) => n !== undefined);
  const text = (macro: string, tag: string) => groups.of(index, macro, tag)?.text(tag);
  return {
    plane: imagePlane(numbers(MACRO.planePosition, 'x00200032', 3), numbers(MACRO.planeOrientation, 'x00200037', 6)),
    pixelSpacingMm: pixelSpacing(groups, index),
    sliceThicknessMm: number(MACRO.pixelMeasures, 'x00180050'),
    spacingBetweenSlicesMm: number(MACRO.pixelMeasures, 'x00180088'),
    rescale: { slope: number(MACRO.pixelValues, 'x00281053') ?? 1, intercept: number(MACRO.pixelValues, 'x00281052') ?? 0 },
    repetition: {
      stack: text(MACRO.frameContent, 'x00209056'),
      temporalPosition: number(MACRO.frameContent, 'x00209128', 'x00200100'),
      echoTimeMs: number(MACRO.mrEcho, 'x00189082', 'x00180081'),
      bValue: number(MACRO.mrDiffusion, 'x00189087'),
      imageType: text(MACRO.mrFrameType, 'x00089007') ?? text(MACRO.mrFrameType, 'x00080008'),
      acquisition: number(MACRO.frameContent, 'x00209156', 'x00200012'),
      triggerTimeMs: number(MACRO.cardiac, 'x00209153', 'x00181060'),
      instance: number(MACRO.frameContent, 'x00200013'),
    },
  };
}

function imagePlane(position: readonly number[] | undefined, cosines: readonly number[] | undefined): ImagePlane | undefined {
  if (!position || !cosines) return undefined;
  const rowDirection = unit(cosines.slice(0, 3));
  const columnDirection = unit(cosines.slice(3, 6));
  if (!rowDirection || !columnDirection || Math.abs(dot(rowDirection, columnDirection)) > 1e-2) return undefined;
  return { position: position.slice(0, 3) as unknown as Vector3, rowDirection, columnDirection };
}

function unit(values: readonly number[]): Vector3 | undefined {
  const vector = values as unknown as Vector3;
  const length = Math.hypot(...vector);
  if (Math.abs(length - 1) > 1e-2) return undefined;
  return Math.abs(length - 1) < 1e-6 ? vector : scale(vector, 1 / length); // scanners write float32: those stay as they are
}
