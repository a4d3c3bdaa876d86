import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const version = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

/** What a record says it was made with. */
export const VERSIONS: Readonly<Record<string, string>> = {
  mgmt: version('@mgmt/experiments'),
  node: process.versions.node,
  tfjs: version('@tensorflow/tfjs'),
};
