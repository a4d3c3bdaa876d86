export { writeFileAtomic } from './writeFileAtomic.js';
export { appendLine, mendLines, readLines } from './jsonLines.js';
