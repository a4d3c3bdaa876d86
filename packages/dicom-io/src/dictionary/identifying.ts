import { IDENTIFYING_KEYWORDS, UNIVERSAL_UIDS } from './confidentialityProfile.js';
import { entryOfTag, isPrivate } from './dictionary.js';

/**
 * True for an element that may tell who the patient is, or who, where and when: one that must not show in a log, a report or a shared file.
 *
 * The rule is the Basic Application Level Confidentiality Profile, DICOM PS3.15 table E.1-1, whatever its action (X, Z, D or U):
 * - every name of a person, date and time (PN, DA, DT, TM), and every network name of a machine (AE);
 * - every UID but those that are the same in all hospitals: of SOP classes, transfer syntaxes, coding schemes and the like;
 * - every private element, and every public one that DICOM PS3.6 does not list (yet, or any more): nobody can say what they hold;
 * - curves, overlay data and overlay comments, which may be drawings or writing on the image;
 * - the identifiers, institutions, addresses, serial numbers, comments, descriptions and sequences that the table names; a sequence counts
 *   whole, with all of its items.
 *
 * Of what the table removes, this much stays, under its options Retain Patient Characteristics and Clean Descriptors, since research without
 * it is blind: the patient's sex, age, size and weight, the contrast agent, and Series Description and Protocol Name, which are chosen from a scanner's list. To
 * clean those texts, and to cap an age over 89 years, is left to whoever publishes. Manufacturer, model, software version, sequence name,
 * body part and all parameters of the acquisition are not in the table. Pixels are not judged: a head has a face.
 *
 * @param tag - `x00100010`; what is no tag is identifying
 * @param vr - as the file has it; the dictionary's is asked besides
 */
export function isIdentifying(tag: string, vr?: string): boolean {
  if (isPrivate(tag) || /^x50/.test(tag) || /^x60..[34]000$/.test(tag)) return true;
  const entry = entryOfTag(tag);
  if (!entry || entry.vr === 'NONE') return !entry;
  if (IDENTIFYING_VRS.has(entry.vr) || (vr !== undefined && IDENTIFYING_VRS.has(vr))) return true;
  return entry.vr === 'UI' ? !UNIVERSAL_UIDS.has(entry.keyword) : IDENTIFYING_KEYWORDS.has(entry.keyword);
}

const IDENTIFYING_VRS: ReadonlySet<string> = new Set(['AE', 'DA', 'DT', 'PN', 'TM']);
