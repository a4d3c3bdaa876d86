/** Packs every public package as npm would, and asks publint whether strangers can use it. Prints a table of sizes; fails on any finding. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const LIMIT_BYTES = 1_000_000; // of an unpacked package
const LIMITS = { experiments: 3_000_000 }; // it carries the demonstration network

let findings = 0;
for (const name of readdirSync('packages')) {
  const folder = join('packages', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const { messages } = await publint({ pkgDir: folder, strict: true });
  const problems = messages.map((message) => formatMessage(message, manifest));
  const limit = LIMITS[name] ?? LIMIT_BYTES;
  if (packed.unpackedSize > limit) problems.push(`unpacked size ${packed.unpackedSize} is over ${limit} bytes`);
  for (const file of ['README.md', 'CHANGELOG.md']) {
    if (!packed.files.some(({ path }) => path === file)) problems.push(`${file} is not packed`);
  }
  if (packed.files.some(({ path }) => path.startsWith('src/'))) problems.push('sources are packed: the commands would run from them');
  console.log(
    `${manifest.name.padEnd(22)} ${String(Math.round(packed.unpackedSize / 1000)).padStart(6)} kB ${String(packed.entryCount).padStart(4)} files${problems.length ? '' : '  ok'}`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
  findings += problems.length;
}
process.exitCode = findings === 0 ? 0 : 1;
