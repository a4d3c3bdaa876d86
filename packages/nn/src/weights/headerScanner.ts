import type { Bad } from './badSafetensors.js';

/** Reads one JSON text from front to back, as much of JSON as a safetensors header has: objects, strings, lists of sizes. */
export interface HeaderScanner {
  /** An object; `value` is called with each key, and reads what stands behind it. */
  object(value: (key: string) => void): void;
  /** A string. */
  text(): string;
  /** A list of whole numbers from 0, written plainly: no sign, no fraction, no exponent. */
  sizes(): number[];
  /** Only blanks may be left. */
  end(): void;
}

/**
 * A scanner at the start of a text. `JSON.parse` is not enough: of a key that is there twice it takes the last one in silence, it takes `1.0` and `1e0`
 * for 1, and lone surrogates for text.
 */
export function headerScanner(text: string, bad: Bad): HeaderScanner {
  let at = 0;

  const unexpected = (expected: string) =>
    bad('the header is no JSON of the format', `${expected} at character ${at}`, JSON.stringify(text.slice(at, at + 20)) || 'the end');

  const blanks = (): void => {
    while (at < text.length && BLANKS.includes(text[at]!)) at++;
  };
  /** Steps over blanks, then over the character if it is the next one. */
  const take = (character: string): boolean => {
    blanks();
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const need = (character: string): void => {
    if (!take(character)) throw unexpected(character);
  };
  const separated = (close: string, item: () => void): void => {
    if (take(close)) return;
    do item();
    while (take(','));
    need(close);
  };

  const string = (): string => {
    need('"');
    const start = at - 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    need('"');
    let value: string;
    try {
      value = JSON.parse(text.slice(start, at)) as string;
    } catch {
      at = start;
      throw unexpected('a string');
    }
    if (LONE_SURROGATE.test(value)) throw bad('a string of the header is no text', 'whole characters', JSON.stringify(value.slice(0, 80)));
    return value;
  };

  return {
    object(value) {
      need('{');
      const keys = new Set<string>();
      separated('}', () => {
        const key = string();
        if (keys.has(key)) throw bad('a key is in the header twice', 'every key once', JSON.stringify(key.slice(0, 80)));
        keys.add(key);
        need(':');
        value(key);
      });
    },
    text: string,
    sizes() {
      const sizes: number[] = [];
      need('[');
      separated(']', () => {
        blanks();
        PLAIN_NUMBER.lastIndex = at;
        const [digits] = PLAIN_NUMBER.exec(text) ?? [];
        const size = Number(digits);
        if (!Number.isSafeInteger(size)) throw unexpected('a whole number from 0, below 2^53,');
        at += digits!.length;
        sizes.push(size);
      });
      return sizes;
    },
    end() {
      blanks();
      if (at < text.length) throw unexpected('nothing more');
    },
  };
}

const BLANKS = ' \t\n\r';
const PLAIN_NUMBER = /0|[1-9]\d{0,15}/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
