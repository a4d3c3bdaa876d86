import { selectBackend } from '@mgmt/nn';
import { env } from '@tensorflow/tfjs';

/** Computes in plain JavaScript, whose sums have one order and which TensorFlow.js checks for leaks in tests, or on the backend of `MGMT_BACKEND`. */
export async function onCpu(): Promise<void> {
  const { backend } = await selectBackend(process.env['MGMT_BACKEND'] ? {} : { force: 'cpu' });
  env().set('IS_TEST', backend === 'cpu'); // elsewhere stock kernels fail that check
}
