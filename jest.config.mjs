import { readdirSync, existsSync } from 'node:fs';

const projects = readdirSync(new URL('packages', import.meta.url))
  .map((name) => `packages/${name}`)
  .filter((path) => existsSync(new URL(`${path}/jest.config.mjs`, import.meta.url)));

/** A busy machine is no error: a test is given a minute. */
export default { projects: projects.map((path) => `<rootDir>/${path}`), maxWorkers: '100%', testTimeout: 60_000 };
