/**
 * Reads the character that begins at `at`: its text, and how many bytes it takes. Where none does, one byte is taken and told as U+FFFD,
 * so that whatever follows is found again.
 */
export type CodedSet = (bytes: Uint8Array, at: number) => Character;

/** What a coded set reads. */
export interface Character {
  readonly text: string;
  readonly length: number;
}

/** ISO-IR 6, which is ASCII, and above it ISO-IR 100, Latin alphabet 1. Every byte is a character. */
export const latin1: CodedSet = (bytes, at) => one(String.fromCharCode(bytes[at]!));

/** ISO-IR 14, JIS X 0201 Romaji: ASCII but for two characters. */
export const romaji: CodedSet = (bytes, at) => one({ 0x5c: '¥', 0x7e: '‾' }[bytes[at]!] ?? String.fromCharCode(bytes[at]!));

/** No character at all. */
export const undesignated: CodedSet = () => one(UNDECODABLE);

/**
 * Single-byte sets: ASCII below 0x80, controls below 0xA0, above it what the encoding has.
 *
 * @param label - of the WHATWG Encoding Standard
 */
export function singleByte(label: string): CodedSet {
  let upper: readonly string[] | undefined;
  return (bytes, at) => {
    upper ??= Array.from({ length: 96 }, (_, i) => decode(label, [0xa0 + i]).text.replace(/\p{Co}/u, UNDECODABLE));
    return one(upper[bytes[at]! - 0xa0] ?? String.fromCharCode(bytes[at]!)); // WHATWG's Windows code pages have letters below 0xA0
  };
}

/** ISO-IR 87, JIS X 0208: Kanji, in pairs of seven bits. */
export const jisX0208 = pairOfSevenBits((a, b) => asJis(decode('euc-jp', [a | 0x80, b | 0x80])));

/** ISO-IR 159, JIS X 0212: supplementary Kanji, in pairs of seven bits. */
export const jisX0212 = pairOfSevenBits((a, b) => decode('euc-jp', [0x8f, a | 0x80, b | 0x80], 2));

/** ISO-IR 149, KS X 1001: Hangul and Hanja, in pairs of eight bits. */
export const ksX1001 = pairOfEightBits('euc-kr');

/** ISO-IR 58, GB 2312: simplified Chinese, in pairs of eight bits. */
export const gb2312 = pairOfEightBits('gbk');

/**
 * ISO-IR 13, JIS X 0201 Katakana, of one byte. The bytes that it leaves free begin the pairs of Shift_JIS, which files under this name hold
 * often enough; the second byte of a pair may be that of a backslash.
 */
export const katakana: CodedSet = (bytes, at) => {
  const [a = 0, b = 0] = bytes.subarray(at, at + 2);
  return isBetween(a, 0xa1, 0xdf) ? decode('shift_jis', [a]) : asJis(decode('shift_jis', [a, b]));
};

/** GB 18030, and GBK, which is a part of it: one, two or four bytes. The second byte of a pair may be that of a backslash. */
export const gb18030: CodedSet = (bytes, at) => {
  if (bytes[at]! < 0x80) return latin1(bytes, at);
  const length = isBetween(bytes[at + 1] ?? 0, 0x30, 0x39) ? 4 : 2;
  return decode('gb18030', [...bytes.subarray(at, at + length)]);
};

/** ISO-IR 192, UTF-8. */
export const utf8: CodedSet = (bytes, at) => {
  const lead = bytes[at]!;
  if (lead < 0x80) return latin1(bytes, at);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return decode('utf-8', [...bytes.subarray(at, at + length)]);
};

function pairOfSevenBits(decodePair: (a: number, b: number) => Character): CodedSet {
  return (bytes, at) => {
    const [a = 0, b = 0] = bytes.subarray(at, at + 2);
    if (a <= 0x20 || a === 0x7f) return latin1(bytes, at); // a space, or a control character: those are in no set
    return isBetween(b, 0x21, 0x7e) ? decodePair(a, b) : one(UNDECODABLE);
  };
}

function pairOfEightBits(label: string): CodedSet {
  return (bytes, at) => {
    const [a = 0, b = 0] = bytes.subarray(at, at + 2);
    return isBetween(a, 0xa1, 0xfe) && isBetween(b, 0xa1, 0xfe) ? decode(label, [a, b]) : one(UNDECODABLE);
  };
}

function one(text: string): Character {
  return { text, length: 1 };
}

/** The one character that `bytes` are, in place of `length` bytes of the text; where they are no one character, only the first is given up. */
function decode(label: string, bytes: readonly number[], length = bytes.length): Character {
  let decoder = decoders.get(label);
  if (!decoder) decoders.set(label, (decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })));
  try {
    const text = decoder.decode(Uint8Array.from(bytes));
    return [...text].length === 1 ? { text, length } : one(UNDECODABLE); // to browsers 0x80 is a character of its own in Shift_JIS and GBK
  } catch {
    return one(UNDECODABLE);
  }
}

/** Decoders of browsers and of Node follow Microsoft's table of JIS X 0208, which differs from the Unicode Consortium's in these. */
function asJis({ text, length }: Character): Character {
  return { text: JIS_FOR_MICROSOFT.get(text) ?? text, length };
}

function isBetween(byte: number, low: number, high: number): boolean {
  return byte >= low && byte <= high;
}

const decoders = new Map<string, TextDecoder>();
const UNDECODABLE = '\ufffd';
const JIS_FOR_MICROSOFT: ReadonlyMap<string, string> = new Map([
  ['\uff5e', '\u301c'], // wave dash
  ['\u2225', '\u2016'], // double vertical line
  ['\uff0d', '\u2212'], // minus sign
  ['\uffe0', '\u00a2'], // cent sign
  ['\uffe1', '\u00a3'], // pound sign
  ['\uffe2', '\u00ac'], // not sign
]);
