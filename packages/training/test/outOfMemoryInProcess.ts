/** Trains with TensorFlow in a process that may take only so much more memory than it has; the only argument is that in MB. Tells how it ended. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isMgmtError } from '@mgmt/core';
import { selectBackend } from '@mgmt/nn';
import * as tf from '@tensorflow/tfjs';
import { arrayBatches, fit } from '../src/index.js';
import { smallConfig } from './smallRun.js';

const moreMb = Number(process.argv[2]);
const SIZE = 128;

process.env['TF_ENABLE_ONEDNN_OPTS'] = '0'; // it ends the process where it gets no memory
await selectBackend({ force: 'tensorflow' });
const model = tf.sequential({
  layers: [
    tf.layers.conv2d({ inputShape: [SIZE, SIZE, 1], filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' }),
    tf.layers.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' }),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ units: 1 }),
  ],
});
const data = (cases: number) =>
  arrayBatches({
    ids: Array.from({ length: cases }, (_, i) => String(i)),
    labels: Array.from({ length: cases }, (_, i) => i % 2),
    shape: [SIZE, SIZE, 1],
    batchSize: cases,
    load: async () => new Float32Array(SIZE * SIZE),
  });
const config = { ...smallConfig, epochs: 1 };
await fit(model, data(1), config); // what is loaded with the first step
const virtualBytes = 1024 * Number(/VmSize:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
execFileSync('prlimit', ['--pid', String(process.pid), `--as=${virtualBytes + moreMb * 2 ** 20}`]);
try {
  await fit(model, data(64), config);
  console.log(JSON.stringify({ code: 'none' }));
} catch (error) {
  console.log(JSON.stringify(isMgmtError(error) ? { ...error.toJSON(), cause: String(error.cause) } : { code: String(error) }));
}
