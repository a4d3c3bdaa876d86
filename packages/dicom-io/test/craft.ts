import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Affine, type Volume, volume } from '@mgmt/core';
import { encodePart10, type WrittenElement } from '../src/write/encodePart10.js';

/** An empty folder that nobody else uses. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'dicom-'));

/** What the files of these tests differ in. Rows and columns are 2 and 3 unless said. */
export interface Slice {
  readonly series?: string;
  readonly instance?: number;
  readonly sop?: string;
  readonly position?: readonly number[] | null;
  readonly orientation?: readonly number[];
  readonly rows?: number;
  readonly value?: number;
  readonly more?: readonly WrittenElement[];
}

/** A small image: explicit little endian, 16 bits unsigned, every pixel `value`. */
export function sliceBytes({ series = '1.2', instance = 1, sop, position = [0, 0, instance], ...rest }: Slice): Uint8Array {
  const { orientation = [1, 0, 0, 0, 1, 0], rows = 2, value = instance, more = [] } = rest;
  const elements: WrittenElement[] = [
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'],
    [0x00080018, 'UI', sop ?? `1.2.3.${instance}`],
    [0x00080060, 'CS', 'MR'],
    [0x0020000e, 'UI', series],
    [0x00200013, 'IS', String(instance)],
    ...(position ? ([[0x00200032, 'DS', position.join('\\')]] as const) : []),
    [0x00200037, 'DS', orientation.join('\\')],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', rows],
    [0x00280011, 'US', 3],
    [0x00280030, 'DS', '1\\1'],
    [0x00280100, 'US', 16],
    [0x00280101, 'US', 16],
    [0x00280102, 'US', 15],
    [0x00280103, 'US', 0],
    [0x7fe00010, 'OW', new Uint8Array(new Uint16Array(rows * 3).fill(value).buffer)],
  ];
  const replaced = new Set(more.map(([tag]) => tag));
  return encodePart10([...elements.filter(([tag]) => !replaced.has(tag)), ...more].sort((a, b) => a[0] - b[0]));
}

/** Writes each slice to `folder`, named by its place in the list, and returns the folder. */
export function writeSlices(slices: readonly Slice[], folder = newFolder()): string {
  mkdirSync(folder, { recursive: true });
  slices.forEach((slice, i) => writeFileSync(join(folder, `${String(i).padStart(3, '0')}.dcm`), sliceBytes(slice)));
  return folder;
}

/** The same file under another transfer syntax, of as many characters or fewer than `1.2.840.10008.1.2.1` plus padding: the name only, not the bytes behind it. */
export function underSyntax(bytes: Uint8Array, uid: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const at = text.indexOf('\x02\x00\x10\x00UI');
  const padded = uid.length % 2 ? `${uid}\0` : uid;
  const element = `\x02\x00\x10\x00UI${String.fromCharCode(padded.length, 0)}${padded}`;
  const grown = element.length - 28; // 8 bytes of head and 20 of `1.2.840.10008.1.2.1` with its padding
  const whole = Buffer.from(text.slice(0, at) + element + text.slice(at + 28), 'latin1');
  whole.writeUInt32LE(whole.readUInt32LE(140) + grown, 140); // the length of the meta group
  return whole;
}

/** A volume of counted voxels. */
export function counted(shape: readonly [number, number, number], affine: Affine, from = 0): Volume<Uint16Array> {
  return volume(
    Uint16Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => from + i),
    shape,
    affine,
  );
}

/** Golden files as pydicom wrote them. */
export const golden = JSON.parse(readFileSync(new URL('golden/instances.json', import.meta.url), 'utf8')) as {
  readonly files: readonly {
    readonly name: string;
    readonly file: string;
    readonly dtype: string;
    readonly stored: readonly number[];
    readonly rescaled: readonly number[];
  }[];
};
