import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The same file with its pixels decoded by somebody else's program, DCMTK's or GDCM's.
 *
 * @returns a path; undefined where neither is installed or can
 */
export function decodedElsewhere(path: string): string | undefined {
  const out = join(mkdtempSync(join(tmpdir(), 'decoded-')), 'native.dcm');
  const programs: readonly (readonly [string, ...string[]])[] = [
    ['dcmdjpeg', '+cn', path, out], // without conversion of colors
    ['dcmdjpls', path, out],
    ['gdcmconv', '--raw', path, out],
  ];
  for (const [program, ...parameters] of programs) {
    const { status } = spawnSync(program, parameters, { stdio: 'ignore' });
    if (status === 0 && existsSync(out)) return out;
  }
  return undefined;
}

/** The same file in explicit little endian, rewritten by DCMTK; undefined where that is not installed. */
export function rewrittenElsewhere(path: string): string | undefined {
  const out = join(mkdtempSync(join(tmpdir(), 'rewritten-')), 'little.dcm');
  return spawnSync('dcmconv', ['+te', path, out], { stdio: 'ignore' }).status === 0 ? out : undefined;
}
