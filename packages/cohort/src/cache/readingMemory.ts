import type { MemoryFor } from '@mgmt/dicom-io';

/** Memory that series are read into, one case after the other; it grows to the largest. Fresh memory for each case takes as long as reading it. */
export interface ReadingMemory {
  /** What was read before under the same name is overwritten. */
  of(modality: string): MemoryFor;
}

/** Memory for one case at a time. */
export function readingMemory(): ReadingMemory {
  const buffers = new Map<string, ArrayBuffer>();
  return {
    of: (modality) => (Type, length) => {
      const bytes = length * Type.BYTES_PER_ELEMENT;
      const held = buffers.get(modality);
      const buffer = held && held.byteLength >= bytes ? held : new ArrayBuffer(bytes);
      buffers.set(modality, buffer);
      return new Type(buffer, 0, length);
    },
  };
}
