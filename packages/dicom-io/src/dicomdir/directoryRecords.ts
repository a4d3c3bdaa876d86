import type { Elements } from '../dataSet/elements.js';

/** One record of a DICOMDIR, and where it belongs. */
export interface DirectoryRecord {
  readonly elements: Elements;
  readonly level: Level;
  /** Undefined for patients, and where neither links nor order tell. */
  readonly parent: DirectoryRecord | undefined;
  readonly children: readonly DirectoryRecord[];
}

/** Of a patient, a study, a series, or of what a series holds. */
export type Level = 0 | 1 | 2 | 3;

/**
 * The records of a Directory Record Sequence, in the order of the file, put together to trees.
 *
 * Each record names its first child and its next sibling by their first byte in the file. Every such link of every record is followed, whether the root
 * leads there or not, and a record is taken once: links that loop, or lead to no record, cost nothing but their `irregularities`. Where links lead nowhere
 * and the file stands in the order of the standard's examples (a patient, its first study, its first series, their images), order tells what they do not.
 *
 * @remarks DICOM PS3.3 annex F.
 */
export function directoryRecords(items: readonly Elements[]): { records: readonly DirectoryRecord[]; irregularities: readonly string[] } {
  const records = items.map((elements): Mutable => ({ elements, level: levelOf(elements), parent: undefined, children: [] }));
  const { astray, twice } = followLinks(records);
  const lost = records.filter(({ level, parent }) => level > 0 && !parent);
  const byOrder = lost.length > 0 ? placeByOrder(records) : 0;
  const strange = records.filter(({ level, children }) => level === 3 && children.length > 0).length;
  const irregularities = [
    astray > 0 && `${astray} links lead to no record of the level that they should`,
    twice > 0 && `${twice} links lead to a record that another one has already`,
    byOrder > 0 && `${byOrder} records that no link leads to are placed by the order of the file`,
    strange > 0 && `${strange} records that stand above studies do not say that they are of patients`,
  ];
  return { records, irregularities: irregularities.filter((sentence) => sentence !== false) };
}

interface Mutable {
  readonly elements: Elements;
  readonly level: Level;
  parent: Mutable | undefined;
  readonly children: Mutable[];
}

function followLinks(records: readonly Mutable[]): { astray: number; twice: number } {
  const byOffset = new Map(records.map((record) => [record.elements.start - ITEM_HEAD, record]));
  let astray = 0;
  let twice = 0;
  for (const parent of records) {
    // a step takes a record that nothing had before, or is the last
    for (let offset = link(parent, LOWER_LEVEL); offset !== 0;) {
      const child = byOffset.get(offset);
      if (!child || !mayStandUnder(child, parent)) astray++;
      else if (child.parent) twice++;
      else {
        child.parent = parent;
        parent.children.push(child);
        offset = link(child, NEXT);
        continue;
      }
      break;
    }
  }
  return { astray, twice };
}

/** What stands above a study, and names no file, is a patient, whatever type it says it has. */
const mayStandUnder = (child: Mutable, parent: Mutable): boolean =>
  parent.level === child.level - 1 || (child.level === 1 && parent.level === 3 && !parent.elements.find(REFERENCED_FILE));

/**
 * Gives records without a parent the last one before them of the level above, if the file stands in order: no parent without a child behind it, no child
 * but behind its parent, and no link that says otherwise.
 *
 * @returns how many
 */
function placeByOrder(records: readonly Mutable[]): number {
  const last: (Mutable | undefined)[] = [];
  const parents: (Mutable | undefined)[] = [];
  for (const [i, record] of records.entries()) {
    const next = records[i + 1];
    const parent = last[record.level - 1];
    const inOrder = record.level === 3 || next?.level === record.level + 1;
    if (!inOrder || (record.level > 0 && !parent) || (record.parent && record.parent !== parent)) return 0;
    last[record.level] = record;
    parents.push(parent);
  }
  const lost = records.filter(({ level, parent }) => level > 0 && !parent);
  for (const [i, record] of records.entries()) {
    const parent = parents[i];
    if (!parent || record.parent) continue;
    record.parent = parent;
    parent.children.push(record);
  }
  return lost.length;
}

const LEVELS: ReadonlyMap<string, Level> = new Map([
  ['PATIENT', 0],
  ['STUDY', 1],
  ['SERIES', 2],
]);
const levelOf = (elements: Elements): Level => LEVELS.get(elements.text('x00041430') ?? '') ?? 3;

/** An offset counts from the file's first byte to that of the item; 0 leads nowhere. */
const link = ({ elements }: Mutable, tag: string): number => elements.number(tag) ?? 0;
const NEXT = 'x00041400';
const LOWER_LEVEL = 'x00041420';
/** Referenced File ID. */
export const REFERENCED_FILE = 'x00041500';
/** Tag and length of an item. */
const ITEM_HEAD = 8;
