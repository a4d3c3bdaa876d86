import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));

/** What the compiler says of a file. */
function errorsOf(path: string): string[] {
  const base = ts.readConfigFile(join(here, '../../../tsconfig.base.json'), (name) => ts.sys.readFile(name));
  const { options } = ts.parseJsonConfigFileContent(base.config, ts.sys, here);
  const program = ts.createProgram([path], { ...options, composite: false, declaration: false, declarationMap: false, noEmit: true });
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(
      ({ messageText, start = 0, file }) =>
        `${(file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}

describe('the types of splits', () => {
  it('let patients be divided, and neither slices nor external cases', () => {
    expect(errorsOf(join(here, 'types/splitTypes.ts'))).toEqual([]); // where a line marked as an error is none, that is one
  }, 60_000);
});
