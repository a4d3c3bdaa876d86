export { phantomConfig, type PhantomConfig } from './phantom/phantomConfig.js';
export { phantomCase, type PhantomCase } from './phantom/phantomCase.js';
export { type PhantomSet } from './phantom/phantomLabel.js';
export { type Growth } from './phantom/tumor.js';
export { writePhantomCohort, type PhantomProgress, type WritePhantomOptions } from './phantom/writePhantomCohort.js';
export { readPhantomConfig } from './phantom/phantomManifest.js';
