import { readFileSync } from 'node:fs';

/** An expected value from `test/golden`, with the program that made it in its `origin`. */
export function golden<T>(name: string): T & { readonly origin: string } {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as T & { readonly origin: string };
}
