export { cannotWrite, writeFileAtomic } from './writeFileAtomic.js';
export { appendLine, readLines } from './jsonLines.js';
