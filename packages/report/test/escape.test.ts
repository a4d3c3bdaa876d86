import fc from 'fast-check';
import { escapeText, shorten } from '../src/escape.js';
import { hostileText } from './figures/hostile.js';
import { expectWellFormed } from './wellFormed.js';

describe('escapeText', () => {
  it('escapes the five characters that markup lives on', () => {
    expect(escapeText(`<script>&"'`)).toBe('&lt;script&gt;&amp;&quot;&#39;');
  });

  it('makes any text safe between tags and quotes', () => {
    fc.assert(fc.property(hostileText, (text) => expectWellFormed(`<a b="${escapeText(text)}">${escapeText(text)}</a>`)));
  });

  it('keeps letters of every script, and characters beyond 16 bits', () => {
    expect(escapeText('Grüße 脑 🧠 −½')).toBe('Grüße 脑 🧠 −½');
  });
});

describe('shorten', () => {
  it('gives one line of at most that many characters', () => {
    expect(shorten('a\n  b', 10)).toBe('a b');
    expect(shorten('🧠🧠🧠🧠', 3)).toBe('🧠🧠…');
    expect(shorten('abc', 3)).toBe('abc');
  });
});
