import { isMgmtError } from '@mgmt/core';
import { program } from './program.js';

const orphaned = () => process.kill(process.pid, 'SIGTERM'); // the launcher was killed: stop as if asked to
process.on('disconnect', orphaned);

try {
  await program().parseAsync(process.argv);
} catch (error) {
  const debug = process.argv.includes('--debug');
  console.error(isMgmtError(error) && !debug ? error.message : error);
  process.exitCode = 1;
}
process.off('disconnect', orphaned);
process.disconnect?.();
