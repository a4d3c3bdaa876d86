import { createHash } from 'node:crypto';
import { MgmtError } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { layOutSafetensors, type TensorOutline } from './layOutSafetensors.js';
import { bytesOfTensor, writtenType, type WeightTensor } from './weightTensor.js';

/** A tensor that is made when its turn comes to be written. */
export interface TensorToWrite extends TensorOutline {
  readonly tensor: () => WeightTensor | Promise<WeightTensor>;
}

/** A file that was written, a plain record. */
export interface WrittenFile {
  readonly file: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes a `.safetensors` file, atomically and a tensor at a time: no more than one is in memory beside what `tensors` hold. The header is written
 * first, so types and shapes must be told before.
 *
 * @param metadata - texts to keep beside the tensors
 * @throws `MgmtError` `nn/bad-tensor` where a tensor turns out other than it was told, or a name is none that a file can hold; `core/cannot-write`. The
 * old file is then untouched
 * @example
 * await writeSafetensors('ramp.safetensors', [{ name: 'ramp', type: 'F32', shape: [3], tensor: () => ({ shape: [3], data: Float32Array.of(0, 1, 2) }) }]);
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<WrittenFile> {
  const { head, fileBytes, places } = layOutSafetensors(tensors, metadata);
  const byName = new Map(tensors.map((one) => [one.name, one]));
  const hash = createHash('sha256');
  async function* parts(): AsyncGenerator<Uint8Array, void, undefined> {
    hash.update(head);
    yield head;
    for (const name of places.keys()) {
      const bytes = await checkedBytes(byName.get(name)!);
      hash.update(bytes);
      yield bytes;
    }
  }
  await writeFileAtomic(path, parts());
  return { file: path, sizeBytes: fileBytes, sha256: hash.digest('hex') };
}

async function checkedBytes({ name, type, shape, tensor }: TensorToWrite): Promise<Uint8Array> {
  const made = await tensor();
  const found = writtenType(name, made);
  if (found !== type || made.shape.join() !== shape.join()) {
    throw new MgmtError('a tensor is not what it was told to be', {
      code: 'nn/bad-tensor',
      where: name,
      expected: `${type} ${shape.join(' x ')}`,
      found: `${found} ${made.shape.join(' x ')}`,
    });
  }
  return bytesOfTensor(made);
}
