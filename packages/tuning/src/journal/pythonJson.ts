/**
 * JSON as Python's `json` reads and writes it: with `NaN`, `Infinity` and `-Infinity`.
 *
 * @throws `SyntaxError`
 */
export function readPythonJson(text: string): unknown {
  if (!NOT_FINITE.test(text)) return JSON.parse(text) as unknown;
  let nan = 'nan';
  while (text.includes(nan)) nan += '!';
  const spelled = text.replaceAll(STRING_OR_NOT_FINITE, (token) =>
    token.startsWith('"') ? token : token === 'NaN' ? JSON.stringify(nan) : token.replace('Infinity', '1e999'),
  );
  return JSON.parse(spelled, (_key, value: unknown) => (value === nan ? NaN : value)) as unknown;
}

/** What `readPythonJson` reads again; what JSON has no word for is null, as members are too. */
export function writePythonJson(value: unknown): string {
  if (typeof value === 'number') return writeNumber(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if ('toJSON' in value && typeof value.toJSON === 'function') return writePythonJson(value.toJSON());
  if (Array.isArray(value)) return `[${value.map(writePythonJson).join(',')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${writePythonJson(member)}`)
    .join(',')}}`;
}

/** A number that Python shall take for a `float`, whole or not. */
export function writePythonFloat(value: number): string {
  const text = writeNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? JSON.stringify(value) : value > 0 ? 'Infinity' : '-Infinity';
}

const NOT_FINITE = /NaN|Infinity/;
const STRING_OR_NOT_FINITE = /"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g;
