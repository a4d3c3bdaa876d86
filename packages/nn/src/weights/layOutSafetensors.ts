import { MgmtError } from '@mgmt/core';
import { ELEMENT_BITS, type NumberType } from './elementTypes.js';
import { PREFIX_BYTES } from './parseSafetensorsHeader.js';

/** A tensor before its elements are there. */
export interface TensorOutline {
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly number[];
}

/** Where everything of a `.safetensors` file will lie. */
export interface SafetensorsLayout {
  /** All bytes before the tensors. */
  readonly head: Uint8Array;
  readonly fileBytes: number;
  /** In the order of the file, from its first byte. */
  readonly places: ReadonlyMap<string, { readonly begin: number; readonly end: number }>;
}

/**
 * Lays a file out as the reference does: types of wide elements first, so that every element is aligned for readers that map the file, and the first
 * one at a multiple of eight bytes. The header names the tensors in the order given.
 *
 * @throws `MgmtError` `nn/bad-tensor` for a name twice, the name `__metadata__`, or texts that are none
 */
export function layOutSafetensors(tensors: readonly TensorOutline[], metadata: Readonly<Record<string, string>>): SafetensorsLayout {
  checkTexts(tensors, metadata);
  const widestFirst = [...tensors].sort((a, b) => ELEMENT_BITS[b.type] - ELEMENT_BITS[a.type]);
  const offsets = new Map<string, readonly [begin: number, end: number]>();
  let reached = 0;
  for (const { name, type, shape } of widestFirst) {
    const begin = reached;
    reached += (shape.reduce((product, n) => product * n, 1) * ELEMENT_BITS[type]) / 8;
    offsets.set(name, [begin, reached]);
  }
  const head = encodeHead(tensors, offsets, metadata);
  const places = new Map([...offsets].map(([name, [begin, end]]) => [name, { begin: head.length + begin, end: head.length + end }]));
  return { head, fileBytes: head.length + reached, places };
}

function encodeHead(
  tensors: readonly TensorOutline[],
  offsets: ReadonlyMap<string, readonly number[]>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const members = tensors.map(({ name, type, shape }) => {
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: type, shape, data_offsets: offsets.get(name)! })}`; // an object would sort names like "0" first
  });
  if (Object.keys(metadata).length > 0) members.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const json = new TextEncoder().encode(`{${members.join(',')}}`);
  const head = new Uint8Array(PREFIX_BYTES + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(head.length - PREFIX_BYTES), true);
  head.set(json, PREFIX_BYTES);
  return head;
}

function checkTexts(tensors: readonly TensorOutline[], metadata: Readonly<Record<string, string>>): void {
  const seen = new Set(['__metadata__']);
  for (const { name } of tensors) {
    if (seen.has(name)) throw bad(name, 'names that are there once and are not __metadata__', JSON.stringify(name));
    seen.add(name);
  }
  for (const text of [...seen, ...Object.entries(metadata).flat()]) {
    if (typeof text !== 'string' || LONE_SURROGATE.test(text))
      throw bad('the header', 'names and metadata that are texts', JSON.stringify(text));
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

const bad = (where: string, expected: string, found: string) =>
  new MgmtError('the tensors cannot be written to one file', { code: 'nn/bad-tensor', where, expected, found });
