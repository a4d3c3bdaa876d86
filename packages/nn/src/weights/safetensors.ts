import { layOutSafetensors } from './layOutSafetensors.js';
import { FIRST_BYTES, parseSafetensorsHeader, PREFIX_BYTES, safetensorsHeaderBytes } from './parseSafetensorsHeader.js';
import { readableType } from './readableType.js';
import { bytesOfTensor, tensorOfBytes, writtenType, type WeightTensor } from './weightTensor.js';

/** What a `.safetensors` file holds. */
export interface Safetensors {
  /** In the order of the file's header. */
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of a `.safetensors` file, which PyTorch, JAX and the hubs read. Nothing in one can run.
 *
 * @param metadata - texts to keep beside the tensors
 * @throws `MgmtError` `nn/bad-tensor` where an array has another length than its shape, or a name is none that a file can hold
 * @example
 * const bytes = encodeSafetensors(new Map([['fc.bias', { shape: [2], data: Float32Array.of(0.5, -1) }]]), { format: 'pt' });
 */
export function encodeSafetensors(tensors: ReadonlyMap<string, WeightTensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const outlines = [...tensors].map(([name, tensor]) => ({ name, type: writtenType(name, tensor), shape: tensor.shape }));
  const { head, fileBytes, places } = layOutSafetensors(outlines, metadata);
  const bytes = new Uint8Array(fileBytes);
  bytes.set(head);
  for (const [name, tensor] of tensors) bytes.set(bytesOfTensor(tensor), places.get(name)!.begin);
  return bytes;
}

/**
 * The tensors of a `.safetensors` file, copied out of it. Files on a disk are better read with `openSafetensors` of `@mgmt/nn/files`, one tensor at
 * a time.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `nn/bad-safetensors` for anything but a whole file whose header accounts for every byte once (see the header's own rules in
 * docs/weights.md); `nn/not-safetensors` for a pickle or another kind of file; `nn/unread-type` where a tensor's type is one that is given as bytes only
 * @example
 * const { tensors } = decodeSafetensors(bytes);
 * tensors.get('fc.bias')?.shape; // [2]
 */
export function decodeSafetensors(bytes: Uint8Array, where = 'a .safetensors file'): Safetensors {
  const headerBytes = safetensorsHeaderBytes(bytes.subarray(0, FIRST_BYTES), bytes.length, where);
  const { entries, metadata } = parseSafetensorsHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + headerBytes), bytes.length, where);
  const readable = [...entries].map(([name, entry]) => ({ ...entry, name, type: readableType(name, entry, where) })); // all before any is copied
  const tensors = readable.map(({ name, type, shape, begin, end }) => {
    return [name, tensorOfBytes(type, shape, new Uint8Array(bytes.subarray(begin, end)))] as const;
  });
  return { tensors: new Map(tensors), metadata };
}
