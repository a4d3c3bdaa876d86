import { MgmtError } from '@mgmt/core';
import type { StoredTensor } from './storedTensor.js';

export function encodeSafetensors(tensors: readonly StoredTensor[], metadata: Record<string, string>): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, shape, data } of tensors) {
    header[name] = {
      dtype: data.constructor.name === 'Float32Array' ? 'F32' : 'I32',
      shape,
      data_offsets: [offset, (offset += data.byteLength)],
    };
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, 8);
  let at = 8 + padded;
  for (const { data } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

export function decodeSafetensors(bytes: Uint8Array, where: string): { tensors: StoredTensor[]; metadata: Record<string, string> } {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = Number(view.getBigUint64(0, true));
    const { __metadata__, ...entries } = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString());
    const tensors = Object.entries(entries as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>).map(
      ([name, e]) => {
        const content = Uint8Array.prototype.slice.call(bytes, 8 + length + e.data_offsets[0], 8 + length + e.data_offsets[1]);
        return { name, shape: e.shape, data: e.dtype === 'F32' ? new Float32Array(content.buffer) : new Int32Array(content.buffer) };
      },
    );
    return { tensors, metadata: __metadata__ };
  } catch (cause) {
    throw new MgmtError('bad', { code: 'nn/bad-safetensors', where, cause });
  }
}
