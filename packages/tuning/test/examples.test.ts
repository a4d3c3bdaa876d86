import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tuning from '../src/index.js';

const pages = {
  README: new URL('../README.md', import.meta.url),
  'docs/tuning.md': new URL('../../../docs/tuning.md', import.meta.url),
};
const examples = Object.entries(pages).flatMap(([page, url]) =>
  [...readFileSync(url, 'utf8').matchAll(/```ts\n(import [\s\S]*?)```/g)].map(([, code = ''], i) => ({ name: `${page}, ${i + 1}`, code })),
);

/** What the README's objective trains. */
function accuracyAfter(epoch: number, { learningRate, optimizer }: { learningRate: number; optimizer: string }): number {
  return 1 - Math.exp(-epoch) / 2 - (Math.log10(learningRate) + 3) ** 2 / 20 - (optimizer === 'adam' ? 0.2 : 0);
}

describe('examples', () => {
  const before = process.cwd();
  beforeAll(() => process.chdir(mkdtempSync(join(tmpdir(), 'tuning-examples-'))));
  afterAll(() => process.chdir(before));

  it.each(examples)('run, and give what they say: $name', async ({ code }) => {
    const names = { ...tuning, accuracyAfter };
    const claims: [unknown, string][] = [];
    const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...given: unknown[]) => Promise<void>;
    const body = code.replace(/^import .*$/gm, '').replace(/^([\w(][^=\n]*); \/\/ (\d+|'.*')$/gm, 'claim($1, `$2`);');
    await new AsyncFunction('claim', ...Object.keys(names), body)(
      (value: unknown, claim: string) => claims.push([value, claim]),
      ...Object.values(names),
    );
    expect(claims.length).toBeGreaterThan(0);
    for (const [value, claim] of claims) expect(value).toEqual(JSON.parse(claim.replaceAll("'", '"')));
  });
});
