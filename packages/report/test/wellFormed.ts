/**
 * Holds an SVG document to XML's rules of well-formedness (XML 1.0: 2.1, 2.2, 3.1, 4.1), more strictly than a browser's HTML parser would.
 *
 * @throws Error that names the place
 */
export function expectWellFormed(xml: string): void {
  if (/(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u.test(xml)) throw new Error('a character that XML forbids');
  const open: string[] = [];
  let at = 0;
  let roots = 0;
  for (const tag of xml.matchAll(/<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    expectText(xml.slice(at, tag.index), open.length > 0);
    at = tag.index + tag[0].length;
    const [, closes, name, attributes, empty] = tag;
    if (closes) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    if (open.length === 0 && ++roots > 1) throw new Error('two roots');
    const names = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, attribute, value]) => {
      expectText(value!, true);
      return attribute;
    });
    if (new Set(names).size !== names.length) throw new Error(`<${name}> has an attribute twice`);
    if (!empty) open.push(name!);
  }
  expectText(xml.slice(at), false);
  if (open.length > 0 || roots !== 1) throw new Error(`left open: ${open.join(' ')}`);
}

function expectText(text: string, inside: boolean): void {
  if (/[<]|]]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(text)) throw new Error(`not character data: ${text.slice(0, 80)}`);
  if (!inside && text.trim() !== '') throw new Error(`text outside the root: ${text.slice(0, 80)}`);
}
