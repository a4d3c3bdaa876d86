import { register } from 'node:module';

register('@swc-node/register/esm', import.meta.url); // from here, so that the command may be given in any folder
