import { execFileSync } from 'node:child_process';
import { selectBackend } from '@mgmt/nn';
import { isOutOfMemory } from '../src/outOfMemory.js';
import { inProcess } from './inProcess.js';

describe('isOutOfMemory', () => {
  it.each([
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[64,128,128,16] and type float on /job:localhost/device:GPU:0',
    'Invalid TF_Status: 13\nMessage: Failed copying input tensor from CPU:0 to GPU:0 in order to run Relu: Dst tensor is not initialized.',
    'Operation received an exception:Status: 1, message: could not create a primitive, in file mkl_conv_grad_filter_ops.cc:685',
    'Array buffer allocation failed',
    'Out of memory',
  ])('knows %j', (message) => expect(isOutOfMemory(new Error(message))).toBe(true));

  it.each(['Invalid TF_Status: 3\nMessage: Incompatible shapes: [4,1] vs. [3,1]', 'cannot read 00042'])('knows %j from it', (message) =>
    expect(isOutOfMemory(new Error(message))).toBe(false),
  );
});

const long = process.env['MGMT_LONG'] && (await canRun()) ? it : it.skip; // TensorFlow tries an allocation again for ten seconds before it gives up

describe('TensorFlow without memory for a step', () => {
  long('is told from other failures:long', async () => {
    const { lines } = await inProcess('outOfMemoryInProcess.ts', '100');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      code: 'training/out-of-memory',
      where: expect.stringMatching(/^a tensor of shape \[64, /) as string,
      found: '64',
      hint: expect.stringContaining('microBatch: 32') as string,
      cause: expect.stringContaining('OOM when allocating tensor') as string,
    });
  });
});

async function canRun(): Promise<boolean> {
  try {
    await selectBackend({ force: 'tensorflow' });
    execFileSync('prlimit', ['--version']);
    return true;
  } catch {
    return false;
  }
}
