import { readFileSync } from 'node:fs';

/** Expected values that another program computed; the file's `origin` says which version and which command. */
export function golden<Case>(name: string): readonly Case[] {
  const file = JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as { readonly cases: readonly Case[] };
  return file.cases;
}
