/** What an error tells beside its sentence. Every part is text for the user; `code` is for programs. */
export interface ErrorDetails {
  /** `package/what-is-wrong`, stable across versions: `dicom-io/truncated-pixel-data`. */
  readonly code: string;
  /** Path, tag, row or byte where it was found, most general first. */
  readonly where?: string;
  readonly expected?: string;
  readonly found?: string;
  /** Something the user can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * The one error type of all packages: a code to switch on, a sentence that names the place, what was expected and found, and a hint.
 *
 * @example
 * throw new MgmtError('the folder holds no DICOM file', { code: 'dicom-io/empty-folder', where: 'train/00042/FLAIR', hint: 'check the path' });
 */
export class MgmtError extends Error {
  readonly code: string;
  /** What was wrong, without the rest that stands in `message`. */
  readonly sentence: string;
  readonly where: string | undefined;
  readonly expected: string | undefined;
  readonly found: string | undefined;
  readonly hint: string | undefined;

  constructor(sentence: string, details: ErrorDetails) {
    super(format(sentence, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'MgmtError';
    this.code = details.code;
    this.sentence = sentence;
    this.where = details.where;
    this.expected = details.expected;
    this.found = details.found;
    this.hint = details.hint;
  }

  /** Plain data, from which `new MgmtError(data.sentence, data)` makes it again: a class does not survive the way between threads. */
  toJSON(): ErrorDetails & { readonly sentence: string } {
    const { sentence, code, where, expected, found, hint } = this;
    return { sentence, code, ...(where && { where }), ...(expected && { expected }), ...(found && { found }), ...(hint && { hint }) };
  }
}

/** True for a `MgmtError`, also one made by a second copy of this package. */
export function isMgmtError(error: unknown): error is MgmtError {
  return error instanceof Error && error.name === 'MgmtError' && 'code' in error;
}

function format(sentence: string, { code, where, expected, found, hint }: ErrorDetails): string {
  const comparison = [expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join(', ');
  return [`${code}: ${where ? `${where}: ` : ''}${sentence}`, comparison && `  ${comparison}`, hint && `  hint: ${hint}`]
    .filter(Boolean)
    .join('\n');
}
