/**
 * The words that a misspelled one may have been meant for: at most three, the nearest first, none further than a third of its letters.
 * Case, spaces and punctuation do not count: `patients name` is `PatientName` but for one letter.
 *
 * @remarks The distance counts insertions, deletions, substitutions, and swaps of neighbors (optimal string alignment).
 */
export function nearestWords(misspelled: string, words: readonly string[]): string[] {
  const given = lettersOf(misspelled.slice(0, LONGEST));
  const furthest = Math.floor(given.length / 3);
  return words
    .filter((word) => Math.abs(word.length - given.length) <= furthest)
    .map((word) => ({ word, distance: editDistance(given, lettersOf(word)) }))
    .filter(({ distance }) => distance <= furthest)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ word }) => word);
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function editDistance(a: string, b: string): number {
  let [twoAbove, above]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = above[j - 1]! + Number(a[i - 1] !== b[j - 1]);
      row[j] = Math.min(substituted, above[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, twoAbove[j - 2]! + 1);
    }
    [twoAbove, above] = [above, row];
  }
  return above[b.length]!;
}

/** No keyword is longer. */
const LONGEST = 80;
