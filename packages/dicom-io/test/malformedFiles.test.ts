import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMgmtError } from '@mgmt/core';
import { readDataSet, readImage } from '../src/index.js';
import { manifest } from './manifest.js';
import { rewrittenElsewhere } from './secondDecoder.js';

const shared = process.env.MGMT_SHARED_DATA;
const malformed = join(shared ?? '', 'malformed');
const rows = shared ? manifest(join(malformed, 'MANIFEST.csv')).filter(({ path }) => path!.startsWith('dicom/')) : [];
const identifying = shared
  ? Object.values(JSON.parse(readFileSync(join(shared, 'real/_ref/phi_probe.json'), 'utf8')) as Record<string, string[]>)
      .flat()
      .filter((value) => value.length > 5)
  : [];

/** What becomes of each file: the code of an error, or `read`. The header of all but those marked is read whole. */
const OUTCOMES: Readonly<Record<string, string>> = {
  'nested_priv_SQ.dcm': 'missing-attribute',
  'SC_rgb_small_odd_big_endian.dcm': 'read', // as GDCM and pydicom do, which leave the bytes of 8-bit pixels in their order
  'MR_truncated.dcm': 'truncated-pixel-data',
  'badVR.dcm': 'invalid-value', // of Number of Frames: 1A
  'no_meta.dcm': 'not-dicom', // begins in the middle of an element
  'no_meta_group_length.dcm': 'not-an-image',
  'ExplVR_LitEndNoMeta.dcm': 'not-an-image',
  'UN_sequence.dcm': 'no-pixel-data',
  'empty_charset_LEI.dcm': 'not-an-image',
  'J2K_pixelrep_mismatch.dcm': 'read',
  'reportsi_with_empty_number_tags.dcm': 'not-an-image',
  'GDCMJ2K_TextGBR.dcm': 'read',
  'DICOMDIR-nopatient': 'not-an-image',
  'DICOMDIR-reordered': 'not-an-image',
  'emri_small_jpeg_2k_lossless_too_short.dcm': 'truncated-pixel-data', // all its frames are there: what is cut is the delimiter
  'HTJ2K_08_RGB.dcm': 'read', // its syntax was unsupported by the programs that made the manifest
  'JPEGLossless_1s_1f_i_16_16_bad.dcm': 'read',
  'TOSHIBA_J2K_SIZ0_PixRep1.dcm': 'read',
  'GH179A.dcm': 'malformed',
  'GH626.dcm': 'malformed',
  'GH223.dcm': 'no-pixel-data',
  'GH1301.dcm': 'read',
  '1403-OB.dcm': 'read',
  'GH340.dcm': 'unsupported-pixel-format', // 12 bits allocated
  'Issue1097_FailToOpenDeflatedFileWithSQ.dcm': 'not-an-image',
  'GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm': 'read', // as DCMTK does: a sequence as UN, implicit little endian within big endian
};
const DAMAGED = new Set(['GH179A.dcm', 'GH626.dcm']);

(shared ? describe : describe.skip)('malformed DICOM files (needs MGMT_SHARED_DATA)', () => {
  it('finds all 26', () => expect(rows.map(({ path }) => path!.slice('dicom/'.length)).sort()).toEqual(Object.keys(OUTCOMES).sort()));

  it.each(rows)('$path: $expected', async ({ path }) => {
    const file = join(malformed, path!);
    const began = performance.now();
    const result = await readImage(file).catch((error: unknown) => error as Error);
    expect(performance.now() - began).toBeLessThan(2000);
    const outcome = OUTCOMES[path!.slice('dicom/'.length)]!;
    if (result instanceof Error) {
      expect(isMgmtError(result) && result.code).toBe(`dicom-io/${outcome}`);
      expect(result.message).toContain(file);
      const told = result.message.replaceAll(file, '');
      expect(identifying.filter((value) => told.includes(value))).toEqual([]);
      return;
    }
    expect(outcome).toBe('read');
    const sha256 = createHash('sha256')
      .update(new Uint8Array(result.data.buffer, result.data.byteOffset, result.data.byteLength))
      .digest('hex');
    const reference = JSON.parse(readFileSync(join(malformed, '_ref', `${path}.json`), 'utf8')) as { pixels?: { sha256_le: string } };
    if (reference.pixels) expect(sha256).toBe(reference.pixels.sha256_le);
  });

  it.each(rows.filter(({ expected }) => expected!.includes('readable header')))('$path: its header can be read', async ({ path }) => {
    const file = join(malformed, path!);
    if (path!.endsWith('no_meta.dcm'))
      return void (await expect(readDataSet(file, { allowDamaged: true })).rejects.toThrow('dicom-io/not-dicom'));
    const damaged = DAMAGED.has(path!.slice('dicom/'.length));
    if (damaged) await expect(readDataSet(file)).rejects.toThrow('dicom-io/malformed');
    const dataSet = await readDataSet(file, { allowDamaged: true, identifying: true }); // one holds private elements alone
    expect(dataSet.keywords().length).toBeGreaterThan(0);
    expect(dataSet.damage?.code).toBe(damaged ? 'dicom-io/malformed' : undefined);
  });

  it('reads a sequence within UN as DCMTK does', async () => {
    const path = join(malformed, 'dicom/GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm');
    const other = rewrittenElsewhere(path);
    if (!other || !existsSync(other)) return; // DCMTK is not installed
    expect((await readImage(path)).data).toEqual((await readImage(other)).data);
  });
});
