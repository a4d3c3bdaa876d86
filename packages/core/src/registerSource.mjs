// Lets a thread read TypeScript, inside the workspace, where no build is needed. Not in the published package.
import { register } from 'node:module';

register('@swc-node/register/esm', import.meta.url);
