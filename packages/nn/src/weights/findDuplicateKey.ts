/**
 * A key that some object of a JSON text has twice, or undefined. `JSON.parse` takes the last one in silence, other readers the first: a file that
 * means two things is refused.
 *
 * @param json - a text that `JSON.parse` accepts
 */
export function findDuplicateKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = []; // keys of the objects around; undefined for an array
  for (const { 0: token, 1: key } of json.matchAll(/"(?:[^"\\]|\\.)*"(?=\s*(:)?)|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (key !== undefined) {
      const name = JSON.parse(token) as string; // "\u0061" is "a"
      const keys = open.at(-1)!;
      if (keys.has(name)) return name;
      keys.add(name);
    }
  }
  return undefined;
}
