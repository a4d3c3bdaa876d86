/** What went wrong, for programs. The same words stand after `tfjs-native/` in front of every message. */
export type NativeErrorCode =
  | 'bad-option'
  | 'broken-wheel'
  | 'cannot-load'
  | 'compile-failed'
  | 'disk-full'
  | 'hash-mismatch'
  | 'locked'
  | 'no-compiler'
  | 'no-headers'
  | 'no-index'
  | 'no-network'
  | 'no-npm'
  | 'no-pip'
  | 'no-project'
  | 'no-writable-cache'
  | 'not-found'
  | 'own-installer'
  | 'truncated'
  | 'unknown-wheel';

/** What an error tells beside its sentence. */
export interface NativeErrorDetails {
  /** The path, address or command that it was found in. */
  readonly where?: string;
  readonly expected?: string;
  readonly found?: string;
  /** Something the user can do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error of this package: a code to switch on, a sentence that names the place, what was expected and found, and a hint. */
export class NativeError extends Error {
  override readonly name = 'NativeError';
  readonly code: `tfjs-native/${NativeErrorCode}`;
  readonly hint: string | undefined;

  constructor(code: NativeErrorCode, sentence: string, details: NativeErrorDetails = {}) {
    const { where, expected, found, hint, cause } = details;
    const comparison = [expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join(', ');
    super(
      [`tfjs-native/${code}: ${where ? `${where}: ` : ''}${sentence}`, comparison && `  ${comparison}`, hint && `  hint: ${hint}`]
        .filter(Boolean)
        .join('\n'),
      cause === undefined ? undefined : { cause },
    );
    this.code = `tfjs-native/${code}`;
    this.hint = hint;
  }
}

/** The code without its prefix, or undefined for an error that is not ours. */
export function codeOf(error: unknown): NativeErrorCode | undefined {
  return error instanceof NativeError ? (error.code.slice('tfjs-native/'.length) as NativeErrorCode) : undefined;
}

/** Any error on one line, for a log that has room for one. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*\n\s*/g, '; ');
}

/** A full disk as our error, anything else as it was. */
export function asDiskFull(error: unknown, where: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new NativeError('disk-full', 'the disk is full', { where, hint: DISK_HINT, cause: error });
}

export const DISK_HINT = 'free some space, or let MGMT_NATIVE_CACHE name a folder on another disk';
