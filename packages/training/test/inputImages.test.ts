import { inflateSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import { encodePng, type PngImage } from '../src/index.js';
import { inputImages } from '../src/inputImages.js';
import { onCpu } from './onCpu.js';

beforeAll(onCpu);

/** The pixels of a gray PNG of one data chunk without filters. */
function decoded({ png, rows, columns }: PngImage): number[][] {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf('IDAT');
  const lines = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  return Array.from({ length: rows }, (_, row) => [...lines.subarray(row * (columns + 1) + 1, (row + 1) * (columns + 1))]);
}

describe('encodePng', () => {
  it('keeps every pixel in its place', () => {
    const image = encodePng(Uint8Array.of(0, 1, 2, 253, 254, 255), 2, 3);
    expect(image).toMatchObject({ rows: 2, columns: 3 });
    expect(decoded(image)).toEqual([[0, 1, 2], [253, 254, 255]]); // prettier-ignore
  });
});

describe('inputImages', () => {
  it('shows the central slice and the first channel, dark to bright, by case', async () => {
    const volumes = tf.tensor5d(
      Array.from({ length: 48 }, (_, i) => i * i),
      [2, 3, 2, 2, 2],
    );
    const images = await inputImages({ inputs: volumes, ids: ['00002', '00042'] });
    expect(Object.keys(images)).toEqual(['inputs/1 00002', 'inputs/2 00042']);
    expect(Object.values(images).map(decoded)).toEqual([[[0, 70], [155, 255]], [[0, 80], [165, 255]]]); // prettier-ignore
    volumes.dispose();
  });

  it('shows the first few of a batch, each input of a network, and frees what it takes', async () => {
    const pair = [tf.ones([6, 2, 2, 1]), tf.zeros([6, 4, 4, 1])];
    const before = tf.memory().numTensors;
    const images = await inputImages({ inputs: pair, ids: ['a', 'b', 'c', 'd', 'e', 'f'] }, 2);
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.keys(images)).toEqual(['inputs 1/1 a', 'inputs 1/2 b', 'inputs 2/1 a', 'inputs 2/2 b']);
    expect(images['inputs 2/1 a']).toMatchObject({ rows: 4, columns: 4 });
    tf.dispose(pair);
  });

  it('leaves out what is no image', async () => {
    const rows = tf.ones([2, 5]);
    expect(await inputImages({ inputs: rows, ids: ['a', 'b'] })).toEqual({});
    rows.dispose();
  });
});
