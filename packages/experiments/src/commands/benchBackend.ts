import type { BackendName } from '@mgmt/nn';
import { benchBackend } from '../bench/benchBackend.js';

/** `mgmt bench-backend`, which `doctor --bench` starts: one line of JSON a message. */
export async function printBench(backend: BackendName): Promise<void> {
  await benchBackend(backend, (message) => console.log(JSON.stringify(message)));
}
