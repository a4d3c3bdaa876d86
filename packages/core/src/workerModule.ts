import { fileURLToPath } from 'node:url';

/** What a pool of threads needs to start a worker, as piscina and `worker_threads` take it. */
export interface WorkerModule {
  readonly filename: string;
  readonly execArgv?: string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Where a package's worker stands: in its built folder, or in the workspace in its source, which a thread must first learn to read.
 *
 * @param importer - `import.meta.url` of the module that starts it
 * @param name - of the worker beside it, without extension
 * @example
 * new Piscina({ ...workerModule(import.meta.url, './sliceWorker') });
 */
export function workerModule(importer: string, name: string): WorkerModule {
  const fromSource = importer.endsWith('.ts');
  const filename = fileURLToPath(new URL(`${name}.${fromSource ? 'ts' : 'js'}`, importer));
  if (!fromSource) return { filename };
  return {
    filename,
    execArgv: ['--conditions=@mgmt/source', `--import=${new URL('registerSource.mjs', import.meta.url).href}`],
    env: { ...process.env, SWC_NODE_PROJECT: fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url)) },
  };
}
