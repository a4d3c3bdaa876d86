import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A file that nibabel wrote, with what nibabel reads from it; tools/golden/nifti_files.py. */
export interface Golden {
  readonly name: string;
  readonly type: string;
  readonly endianness: 'little' | 'big';
  readonly version: 1 | 2;
  readonly pair: boolean;
  readonly shape: readonly number[]; // (i, j, k, …)
  /** The single file, or a pair's header. */
  readonly file: Uint8Array;
  readonly image: Uint8Array | undefined;
  readonly affine: readonly (readonly number[])[]; // RAS, mm
  readonly steps: readonly number[];
  readonly units: readonly [space: string, time: string];
  readonly intent: number;
  readonly qform: number;
  readonly sform: number;
  readonly extensions: number;
  readonly stored: readonly (number | string)[]; // first index fastest, channels before it; text where JSON has no such number
  readonly scaled?: readonly (number | string)[];
}

type Packed = Omit<Golden, 'file' | 'image'> & { readonly file: string; readonly image?: string };
const unpacked = (text: string) => Uint8Array.from(gunzipSync(Buffer.from(text, 'base64')));

export const { files } = ((): { files: readonly Golden[] } => {
  const golden = JSON.parse(readFileSync(new URL('golden/files.json', import.meta.url), 'utf8')) as { files: readonly Packed[] };
  return {
    files: golden.files.map((file) => ({ ...file, file: unpacked(file.file), image: file.image ? unpacked(file.image) : undefined })),
  };
})();

/** The golden of a name, its bytes free to change. */
export function goldenOf(name: string): Golden {
  const golden = files.find((file) => file.name === name);
  if (!golden) throw new Error(`no golden file is named ${name}`);
  return { ...golden, file: Uint8Array.from(golden.file), image: golden.image && Uint8Array.from(golden.image) };
}

/** The bytes of `int16, little endian, version 1` with some changed: 2 x 3 x 4 voxels from byte 352, 400 bytes. */
export function changed(change: (header: DataView) => void, name = 'int16, little endian, version 1'): Uint8Array {
  const { file } = goldenOf(name);
  change(new DataView(file.buffer));
  return file;
}
