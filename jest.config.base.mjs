import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

/** One Jest configuration for every package: real ES modules, TypeScript through swc, workspace packages from their source. */
export default {
  testEnvironment: join(root, 'tools/jest/host-arrays-environment.cjs'),
  testEnvironmentOptions: { customExportConditions: ['@mgmt/source', 'node', 'node-addons'] },
  globalSetup: join(root, 'tools/jest/makeScratch.mjs'),
  globalTeardown: join(root, 'tools/jest/removeScratch.mjs'),
  setupFiles: [join(root, 'tools/jest/properties.mjs')],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' }, // TypeScript's spelling of a sibling source file
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};
