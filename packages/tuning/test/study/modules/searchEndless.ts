import { optimizeInProcesses } from '../../../src/index.js';

/* A program that searches without end, for a test to end it. */
await optimizeInProcesses({ path: process.argv[2]!, module: new URL('endless.ts', import.meta.url), processes: 1 });
