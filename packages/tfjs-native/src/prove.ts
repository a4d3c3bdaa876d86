import { lastLine, runCommand } from './command.js';
import { NativeError } from './nativeError.js';

/** What a backend says of itself after a first product of matrices. */
export interface Proof {
  readonly tensorflowVersion: string;
  /** Whether it put a GPU to use. */
  readonly onGpu: boolean;
}

/**
 * Loads an installed tfjs-node in a process of its own and lets it compute.
 *
 * @param target - the package's folder
 * @throws `NativeError` `cannot-load`
 */
export async function prove(target: string): Promise<Proof> {
  const { NODE_OPTIONS: _, ...env } = process.env; // of a test runner or a debugger
  const run = await runCommand(process.execPath, ['-e', PROGRAM, target], { cwd: target, env, timeoutMs: 120_000 });
  const said = run.kind === 'ended' ? /^proof (\{.*\})$/m.exec(run.stdout)?.[1] : undefined;
  if (said) return JSON.parse(said) as Proof;
  const reason = run.kind === 'missing' ? 'no node' : run.signal ? `it ended by ${run.signal}` : lastLine(run.stderr);
  throw new NativeError('cannot-load', `the backend does not load: ${reason}`, {
    where: target,
    hint: 'tfjs-native install --force builds it anew; if it stays so, the wasm backend or plain JavaScript computes without it',
  });
}

const PROGRAM = `
const tf = require(process.argv[1]);
const eight = tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).dataSync()[0];
if (eight !== 8) throw new Error('8 x 8 ones times ones gave ' + eight);
const { binding, isUsingGpuDevice } = tf.backend();
console.log('proof ' + JSON.stringify({ tensorflowVersion: binding.TF_Version, onGpu: Boolean(isUsingGpuDevice) }));
`;
