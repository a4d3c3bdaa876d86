#!/usr/bin/env node
// The command. In the workspace it runs from source, so that `npm ci` needs no build; a published package has only dist/.
import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const source = new URL('../src/cli.ts', import.meta.url);
const argv = process.argv.slice(2);

let cli;
try {
  if (existsSync(source)) {
    process.env.SWC_NODE_PROJECT = fileURLToPath(new URL('../tsconfig.json', import.meta.url)); // it would look in the working folder
    register('@swc-node/register/esm', import.meta.url);
    cli = await import(source.href);
    delete process.env.SWC_NODE_PROJECT;
  } else {
    cli = await import('../dist/cli.js');
  }
} catch (error) {
  // Before the command itself can speak: a tool or a dependency is missing, as after `npm ci --omit=dev`.
  console.error(
    `tfjs-native: cannot start: ${String(error?.message ?? error).split('\n')[0]}; hint: npm ci, with development dependencies`,
  );
  process.exit(argv.includes('--postinstall') ? 0 : 1);
}
process.exitCode = await cli.main(argv);
