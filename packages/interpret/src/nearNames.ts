/** At most five of the names, those that share the most pairs of neighboring letters with the given one first; none that shares no pair. */
export function nearNames(given: string, names: readonly string[]): string[] {
  const wanted = pairsOf(given);
  return names
    .map((name) => ({ name, likeness: likeness(wanted, pairsOf(name)) }))
    .filter((each) => each.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 5)
    .map(({ name }) => name);
}

/** Of two sets, twice what is in both by their sizes: Dice's coefficient. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((pair) => b.has(pair)).length;
  return (2 * both) / (a.size + b.size);
}

function pairsOf(word: string): ReadonlySet<string> {
  const letters = `^${word.toLowerCase()}$`; // its beginning and its end count too
  return new Set(Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2)));
}
