import { MgmtError } from '@mgmt/core';

/** Makes the error of a damaged or forged `.safetensors` file. */
export type Bad = (sentence: string, expected: string, found: string) => MgmtError;

/**
 * Errors of one file.
 *
 * @param where - the path
 */
export function badSafetensors(where: string): Bad {
  return (sentence, expected, found) =>
    new MgmtError(sentence, { code: 'nn/bad-safetensors', where, expected, found, hint: 'fetch the file again, or ask who wrote it' });
}
