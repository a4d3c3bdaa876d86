import type { Modality } from '../cohort.js';
import type { Tissue } from './anatomy.js';
import type { Tumor } from './tumor.js';

/**
 * How bright each tissue is in a modality.
 *
 * @param contrast - factor on the difference between gray and white matter; what belongs to the tumor stays as it is
 */
export function tissueIntensities(modality: Modality, tumor: Tumor, contrast: number): Readonly<Record<Tissue, number>> {
  const usual = usualIntensities(modality, tumor);
  const more = ((usual.gray - usual.white) / 2) * (contrast - 1);
  return { ...usual, gray: usual.gray + more, white: usual.white - more };
}

/**
 * With white matter in T1w as 0.8.
 *
 * T1w: fluid dark, white matter brighter than gray. T2w: fluid bright, gray brighter than white. FLAIR: as T2w with free fluid dark, so edema stands
 * out. T1wCE: as T1w with the tumor's rim lit by the contrast agent that it took up.
 */
function usualIntensities(modality: Modality, { growth, enhancement, water }: Tumor): Readonly<Record<Tissue, number>> {
  const necrosis = growth === 'ring';
  switch (modality) {
    case 'T1w':
      return { csf: 0.22, gray: 0.6, white: 0.8, core: necrosis ? 0.3 : 0.5, rim: 0.6, edema: 0.6 - 0.08 * water };
    case 'T1wCE':
      return { csf: 0.24, gray: 0.62, white: 0.8, core: necrosis ? 0.26 : 0.55, rim: 0.75 + 1.05 * enhancement, edema: 0.6 - 0.08 * water };
    case 'T2w':
      return { csf: 1.35, gray: 0.75, white: 0.52, core: necrosis ? 1.25 : 0.95, rim: 0.85, edema: 0.8 + 0.35 * water };
    case 'FLAIR':
      return { csf: 0.16, gray: 0.7, white: 0.56, core: necrosis ? 0.4 : 0.8, rim: 0.9, edema: 0.95 + 0.5 * water };
    default:
      return modality satisfies never;
  }
}
