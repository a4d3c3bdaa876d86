/**
 * Any text as the content of an HTML or XML element or of a quoted attribute. Characters that XML forbids become U+FFFD.
 *
 * @example
 * escapeText('<script>&"'); // '&lt;script&gt;&amp;&quot;'
 */
export function escapeText(text: string): string {
  return replaceForbidden(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Replaces control characters, lone surrogates and non-characters, which no XML document may hold, by U+FFFD. */
export function replaceForbidden(text: string): string {
  return text.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD');
}

/** One line of at most `length` characters: for labels inside a figure, where a long name would run over its neighbors. */
export function shorten(text: string, length: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
