import { MgmtError } from '@mgmt/core';
import { nearestWords } from './nearestWords.js';
import { STANDARD_ELEMENTS } from './standardElements.js';

/** What the standard says of a data element. */
export interface DictionaryEntry {
  /** As dicom-parser spells it: `x00100010`, hexadecimal digits in lower case. */
  readonly tag: string;
  readonly vr: DictionaryVr;
  /** The name without spaces: `PatientName`. */
  readonly keyword: string;
}

/** The value representations of DICOM PS3.5 section 6.2. */
export type Vr =
  | ('AE' | 'AS' | 'AT' | 'CS' | 'DA' | 'DS' | 'DT' | 'FD' | 'FL' | 'IS' | 'LO' | 'LT' | 'OB' | 'OD' | 'OF' | 'OL' | 'OV')
  | ('OW' | 'PN' | 'SH' | 'SL' | 'SQ' | 'SS' | 'ST' | 'SV' | 'TM' | 'UC' | 'UI' | 'UL' | 'UN' | 'UR' | 'US' | 'UT' | 'UV');

/**
 * One representation, or those that the standard leaves open, in its words: the reader of an implicit data set decides `US or SS` by Pixel
 * Representation (0028,0103), the others by annex A of PS3.5. `NONE`: items and their delimiters, which have a length only.
 */
export type DictionaryVr = Vr | 'US or SS' | 'US or OW' | 'US or SS or OW' | 'OB or OW' | 'NONE';

/**
 * Finds a data element of DICOM PS3.6 by its keyword.
 *
 * @param keyword - `PatientName`, as it is spelled there
 * @returns for an element of a repeating group (60xx) the one of the first group (6000)
 */
export function entryOfKeyword(keyword: string): DictionaryEntry | undefined {
  return byKeyword().get(keyword);
}

/**
 * Finds a data element by its tag.
 *
 * @param tag - `x00100010`
 * @returns undefined for tags that DICOM PS3.6 does not list, and for private ones. Group lengths, which every group has, go by the keyword
 * `GroupLength`, and the elements that name the owner of private ones by `PrivateCreator`: those keywords are no standard's and find nothing.
 */
export function entryOfTag(tag: string): DictionaryEntry | undefined {
  const { byTag, patterns } = tagged();
  if (!/^x[\da-f]{8}$/.test(tag)) return undefined;
  const listed = byTag.get(tag);
  if (listed) return listed;
  if (tag.endsWith('0000')) return { tag, vr: 'UL', keyword: 'GroupLength' }; // PS3.5 section 7.2
  if (isPrivate(tag)) return /^x.{4}00(?!0)/.test(tag) ? { tag, vr: 'LO', keyword: 'PrivateCreator' } : undefined; // PS3.5 section 7.8.1
  for (const pattern of patterns) {
    const repeating = byTag.get(tag.replace(/./g, (digit, at: number) => (pattern.has(at) ? 'x' : digit)));
    if (repeating) return { ...repeating, tag };
  }
  return undefined;
}

/**
 * Finds a data element of DICOM PS3.6 by a keyword that a user gave.
 *
 * @throws `MgmtError` `dicom-io/unknown-keyword`, with the nearest keywords as a hint
 */
export function requireKeyword(keyword: string): DictionaryEntry {
  const entry = entryOfKeyword(keyword);
  if (entry) return entry;
  const near = nearestWords(keyword, [...byKeyword().keys()]);
  throw new MgmtError(`DICOM has no element of the keyword '${keyword}'`, {
    code: 'dicom-io/unknown-keyword',
    expected: 'a keyword of DICOM PS3.6, such as PatientName',
    found: `'${keyword}'`,
    hint: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'keywords are listed in DICOM PS3.6 chapter 6',
  });
}

/** True for elements that a manufacturer defines: of an odd group. DICOM PS3.5 section 7.8. */
export function isPrivate(tag: string): boolean {
  return /^x...[13579bdf]/.test(tag);
}

interface TaggedEntries {
  /** The tags of repeating groups with an `x` for each digit that repeats: `x60xx3000`. */
  readonly byTag: ReadonlyMap<string, DictionaryEntry>;
  /** The places of those digits, each set of places once. */
  readonly patterns: readonly ReadonlySet<number>[];
}

let entries: TaggedEntries | undefined;
let keywords: ReadonlyMap<string, DictionaryEntry> | undefined;

/** Parsed when it is first asked: some 7 ms. */
function tagged(): TaggedEntries {
  return (entries ??= parse(STANDARD_ELEMENTS));
}

function byKeyword(): ReadonlyMap<string, DictionaryEntry> {
  return (keywords ??= new Map(Array.from(tagged().byTag.values(), (entry) => [entry.keyword, entry])));
}

function parse(text: string): TaggedEntries {
  const byTag = new Map<string, DictionaryEntry>();
  const patterns = new Map<string, ReadonlySet<number>>();
  let group = '';
  for (const line of text.split('\n')) {
    if (line.length === 4) {
      group = line;
      continue;
    }
    const tag = `x${group}${line.slice(0, 4)}`;
    const space = line.indexOf(' ', 5);
    const vr = space === 7 ? line.slice(5, 7) : line.slice(5, space).replaceAll('/', ' or ');
    const entry = { tag: firstTag(tag), vr: vr as DictionaryVr, keyword: line.slice(space + 1) };
    byTag.set(tag, entry);
    if (entry.tag !== tag) {
      const places = [...tag].flatMap((digit, at) => (at > 0 && digit === 'x' ? [at] : []));
      patterns.set(places.join(), new Set(places));
    }
  }
  return { byTag, patterns: [...patterns.values()] };
}

/** The first group of those that repeat; repeating elements count from 1, as 0 would be the group's length. */
function firstTag(tag: string): string {
  if (tag.lastIndexOf('x') === 0) return tag;
  return `x${tag.slice(1, 5).replaceAll('x', '0')}${tag.slice(5).replaceAll('x', '1')}`;
}
