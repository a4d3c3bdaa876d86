import type { CaseFiles, Modality } from '../cohort.js';
import type { Finding } from './cohortReport.js';
import type { InspectedCase } from './inspectCase.js';
import { cannotRead, finding } from './inspectedImage.js';
import { wholePrint } from './wholePrint.js';

interface Place {
  /** The place of its case in the cohort: ids may come twice. */
  readonly case: number;
  readonly modality: Modality;
}

/**
 * Finds series of the same voxels: those whose middle slices are equal are read whole and compared.
 *
 * @returns findings by the place of their case in the cohort
 * @throws the signal's reason where it stops
 */
export async function sameImages(
  cases: readonly CaseFiles[],
  inspected: readonly InspectedCase[],
  signal?: AbortSignal,
): Promise<Map<number, Finding[]>> {
  const findings = new Map<number, Finding[]>();
  const add = (at: number, found: Finding) => findings.set(at, [...(findings.get(at) ?? []), found]);
  const byPrint = new Map<string, Place[]>();
  inspected.forEach(({ prints }, i) => {
    for (const [modality, print] of Object.entries(prints) as [Modality, string][]) put(byPrint, print, { case: i, modality });
  });
  for (const alike of byPrint.values()) {
    if (alike.length === 1) continue;
    const byContent = new Map<string, Place[]>();
    for (const place of alike) {
      signal?.throwIfAborted();
      try {
        put(byContent, await wholePrint(cases[place.case]!.series[place.modality]!), place);
      } catch (error) {
        const known = inspected[place.case]!.report.findings.some(({ of, kind }) => of === place.modality && kind === 'unreadable');
        if (!known) add(place.case, cannotRead(place.modality, error));
      }
    }
    for (const same of byContent.values()) {
      for (const place of same) {
        const others = same.filter((other) => other !== place).map((other) => `${cases[other.case]!.id} ${other.modality}`);
        if (others.length > 0) add(place.case, finding('same-image', place.modality, `the same voxels as ${some(others)}`));
      }
    }
  }
  return findings;
}

const put = (groups: Map<string, Place[]>, key: string, place: Place) => groups.set(key, [...(groups.get(key) ?? []), place]);

const some = (names: readonly string[]) => names.slice(0, 3).join(', ') + (names.length > 3 ? `, and ${names.length - 3} more` : '');
