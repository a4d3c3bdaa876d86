import type { Elements } from '../dataSet/elements.js';

/** Where the attributes of single frames stand. In objects of one frame, and in those that know no functional groups, that is the data set itself. */
export interface FrameGroups {
  /** The elements in which an attribute of a frame stands: its own group, the group that all frames share, or the data set. */
  of(frame: number, macro: string, tag: string): Elements | undefined;
}

/** Functional group macros, by the tag of their sequence. DICOM PS3.3 section C.7.6.16 and C.8.13.5. */
export const MACRO = {
  pixelMeasures: 'x00289110',
  planePosition: 'x00209113',
  planeOrientation: 'x00209116',
  frameContent: 'x00209111',
  pixelValues: 'x00289145',
  voiLut: 'x00289132',
  mrTiming: 'x00189112',
  mrEcho: 'x00189114',
  mrModifier: 'x00189115',
  mrAverages: 'x00189119',
  mrDiffusion: 'x00189117',
  mrFrameType: 'x00189226',
  cardiac: 'x00189118',
} as const;

/**
 * The functional groups of a data set. Sequences are read once, when first asked for.
 *
 * @remarks DICOM PS3.3 section C.7.6.16.1: an attribute stands in the shared or in the per-frame groups, never in both.
 */
export function frameGroups(dataSet: Elements): FrameGroups {
  const perFrame = dataSet.items('x52009230');
  const shared = dataSet.items('x52009229')[0];
  const cache = new Map<Elements, Map<string, Elements | undefined>>();
  const group = (parent: Elements | undefined, macro: string): Elements | undefined => {
    if (!parent) return undefined;
    let groups = cache.get(parent);
    if (!groups) cache.set(parent, (groups = new Map()));
    if (!groups.has(macro)) groups.set(macro, parent.items(macro)[0]);
    return groups.get(macro);
  };
  return {
    of: (frame, macro, tag) => [group(perFrame[frame], macro), group(shared, macro), dataSet].find((elements) => elements?.find(tag)),
  };
}

/** Between rows, between columns, mm; undefined where the file does not say. */
export function pixelSpacing(groups: FrameGroups, frame: number): readonly [number, number] | undefined {
  const [betweenRows = 0, betweenColumns = 0] = groups.of(frame, MACRO.pixelMeasures, 'x00280030')?.numbers('x00280030', 2) ?? [];
  return betweenRows > 0 && betweenColumns > 0 ? [betweenRows, betweenColumns] : undefined;
}
