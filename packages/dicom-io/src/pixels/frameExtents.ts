import { MgmtError } from '@mgmt/core';
import type { ByteSource } from '../dicomFile.js';
import type { Instance } from '../image/instance.js';

/** A piece of a frame: one fragment's value. Offsets are of the file. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the fragments of each frame stand. DICOM PS3.5 section A.4.
 *
 * Which fragments make a frame is told by the Extended Offset Table, else by the Basic Offset Table, else by their number, else by the marker that begins
 * a codestream. Tables are checked against the fragments: an offset that is none of theirs is an error, never a guess.
 *
 * @throws `MgmtError` `dicom-io/truncated-pixel-data` where the file ends in a fragment, `dicom-io/bad-fragments`
 */
export async function frameExtents(source: ByteSource, instance: Instance): Promise<readonly (readonly Extent[])[]> {
  const { path, pixels, pixelData } = instance;
  if (pixelData.length !== undefined)
    throw badFragments(path, 'fragments, as compressed pixels come in', `a value of ${pixelData.length} bytes`);
  const [table, ...fragments] = await readItems(source, instance);
  if (!table) throw badFragments(path, 'a Basic Offset Table, if an empty one', 'no item');
  const { extendedOffsets } = pixelData;
  const firstItem = table.offset + table.length;
  if (extendedOffsets)
    return byOffsets(extendedOffsets.offsets, fragments, firstItem, instance).map((frame, i) =>
      shortened(frame, extendedOffsets.lengths[i], path),
    );
  if (table.length > 0) {
    const bytes = new Uint8Array(table.length);
    await source.read(bytes, table.offset);
    const view = new DataView(bytes.buffer);
    const offsets = Array.from({ length: Math.floor(table.length / 4) }, (_, i) => view.getUint32(i * 4, true));
    return byOffsets(offsets, fragments, firstItem, instance);
  }
  if (fragments.length === pixels.frames) return fragments.map((fragment) => [fragment]);
  if (pixels.frames === 1 && fragments.length > 0) return [fragments];
  return byMarkers(source, fragments, instance);
}

/** The items behind the tag of Pixel Data, the offset table among them, until their delimiter. */
async function readItems(source: ByteSource, { path, pixels, pixelData }: Instance): Promise<Extent[]> {
  const items: Extent[] = [];
  const mostItems = MOST_FRAGMENTS + MOST_FRAGMENTS_A_FRAME * pixels.frames;
  const window = new DataView(new ArrayBuffer(4096)); // small fragments come many at a time
  let windowStart = 0;
  let windowEnd = 0;
  for (let at = pixelData.offset; ;) {
    if (at < windowStart || at + 8 > windowEnd) {
      windowStart = at;
      windowEnd = at + (await source.read(new Uint8Array(window.buffer), at));
      if (at + 8 > windowEnd)
        throw cutShort(path, `behind fragment ${items.length - 1}`, 'the delimiter of the sequence, 8 bytes', at, windowEnd - at);
    }
    const tag = window.getUint32(at - windowStart, true);
    const length = window.getUint32(at - windowStart + 4, true);
    if (tag === SEQUENCE_END) return items;
    if (tag !== ITEM) throw badFragments(path, 'an item or the delimiter of the sequence', `other bytes at byte ${at}`);
    if (at + 8 + length > source.sizeBytes) {
      throw cutShort(path, `in fragment ${items.length}`, `${length.toLocaleString('en-US')} bytes`, at + 8, source.sizeBytes - at - 8);
    }
    items.push({ offset: at + 8, length });
    if (items.length > mostItems) throw badFragments(path, `at most ${mostItems} fragments`, 'more');
    at += 8 + length;
  }
}

/** @param firstItem - the byte from which offsets are counted: that of the first fragment's item tag */
function byOffsets(offsets: readonly number[], fragments: readonly Extent[], firstItem: number, { path, pixels }: Instance): Extent[][] {
  const starts = new Map(fragments.map(({ offset }, i) => [offset - 8 - firstItem, i]));
  if (offsets.length !== pixels.frames) throw badFragments(path, `an offset table of ${pixels.frames} frames`, String(offsets.length));
  const firsts = offsets.map((offset, frame) => {
    const first = starts.get(offset);
    if (first === undefined) throw badFragments(path, `a fragment at the offset of frame ${frame + 1}`, `none at ${offset}`);
    return first;
  });
  return firsts.map((first, frame) => {
    const next = firsts[frame + 1] ?? fragments.length;
    if (next <= first) throw badFragments(path, 'offsets in ascending order', `frame ${frame + 2} before frame ${frame + 1}`);
    return fragments.slice(first, next);
  });
}

/** The Extended Offset Table tells lengths without the padding of the last fragment. */
function shortened(frame: readonly Extent[], length: number | undefined, path: string): readonly Extent[] {
  const whole = frame.reduce((sum, extent) => sum + extent.length, 0);
  if (length === undefined || length > whole)
    throw badFragments(path, `a frame of ${length ?? 'stated'} bytes`, `${whole} bytes in its fragments`);
  const last = frame.at(-1)!;
  return [...frame.slice(0, -1), { ...last, length: Math.max(0, last.length - (whole - length)) }];
}

/** Without tables: a fragment that begins a codestream begins a frame. */
async function byMarkers(source: ByteSource, fragments: readonly Extent[], { path, pixels }: Instance): Promise<Extent[][]> {
  const frames: Extent[][] = [];
  for (const fragment of fragments) {
    const start = new Uint8Array(Math.min(4, fragment.length));
    await source.read(start, fragment.offset);
    if (frames.length === 0 || beginsCodestream(start)) frames.push([fragment]);
    else frames.at(-1)!.push(fragment);
  }
  if (frames.length !== pixels.frames) {
    throw badFragments(
      path,
      `${pixels.frames} frames`,
      `${fragments.length} fragments in ${frames.length} codestreams, and no offset table`,
    );
  }
  return frames;
}

/** JPEG and JPEG-LS begin with SOI and a marker, JPEG 2000 with SOC and SIZ, or with the box of its file format. */
function beginsCodestream([a, b, c, d]: Uint8Array): boolean {
  if (a === 0xff && b === 0xd8) return c === 0xff;
  if (a === 0xff && b === 0x4f) return c === 0xff && d === 0x51;
  return a === 0 && b === 0 && c === 0 && d === 12;
}

function cutShort(path: string, place: string, expected: string, from: number, found: number): MgmtError {
  return new MgmtError(`the file ends ${place} of its pixel data`, {
    code: 'dicom-io/truncated-pixel-data',
    where: path,
    expected: `${expected} from byte ${from.toLocaleString('en-US')}`,
    found: found.toLocaleString('en-US'),
    hint: 'the download was cut short; fetch the file again, or leave the case out',
  });
}

function badFragments(path: string, expected: string, found: string): MgmtError {
  return new MgmtError('the fragments of the pixel data do not make its frames', {
    code: 'dicom-io/bad-fragments',
    where: path,
    expected,
    found,
    hint: 'the file is damaged; fetch it again, or rewrite it, for example with dcmconv',
  });
}

const ITEM = 0xe000fffe;
const SEQUENCE_END = 0xe0ddfffe;
/** An encoder's buffer may be small, but not so small: against files of empty fragments without end. */
const MOST_FRAGMENTS = 10_000;
const MOST_FRAGMENTS_A_FRAME = 64;
