import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DECODERS } from '../../src/pixels/codecs/decoders.js';
import { manifest } from '../manifest.js';
import { decodeFile, largestDifference, readCodedFile, sha256 } from './codedFiles.js';

const shared = process.env.MGMT_SHARED_DATA;

/** Compressed files with the hash of their stored values as pydicom with GDCM reads them; where DCMTK knows the codec, it reads the same. */
const coded = (shared ? ['real', 'malformed'] : []).flatMap((collection) =>
  manifest(join(shared!, collection, 'MANIFEST.csv'))
    .filter(({ transfer_syntax: syntax }) => syntax && syntax in DECODERS)
    .map(({ path }) => ({
      name: path!,
      path: join(shared!, collection, path!),
      expected: expectedHash(join(shared!, collection, '_ref', `${path!}.json`)),
    })),
);

function expectedHash(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { pixels?: { sha256_le: string } }).pixels?.sha256_le;
}

(shared ? describe : describe.skip)('compressed real files (needs MGMT_SHARED_DATA)', () => {
  it('are there, in every syntax that they are in', () => {
    expect(coded.filter(({ expected }) => expected).length).toBeGreaterThanOrEqual(20);
  });

  // The arithmetic of all decoders is the same on every machine, so lossy ones can be held to a hash too.
  it.each(coded.filter(({ expected }) => expected))('equal the reference: $name', async ({ path, name, expected }) => {
    expect(sha256(await decodeFile(readCodedFile(path), name))).toBe(expected);
  });

  const expander = spawnSync('ojph_expand').error === undefined; // OpenJPH's own program; pydicom does not read HTJ2K
  (expander ? it : it.skip)('are within one stored unit of ojph_expand: dicom/HTJ2K_08_RGB.dcm (needs ojph_expand)', async () => {
    const file = readCodedFile(join(shared!, 'malformed/dicom/HTJ2K_08_RGB.dcm'));
    const folder = mkdtempSync(join(tmpdir(), 'htj2k-'));
    writeFileSync(join(folder, 'frame.j2c'), file.frames[0]!);
    spawnSync('ojph_expand', ['-i', join(folder, 'frame.j2c'), '-o', join(folder, 'frame.ppm')]);
    const [decoded] = await decodeFile(file, 'HTJ2K_08_RGB.dcm');
    const image = readFileSync(join(folder, 'frame.ppm'));
    expect(largestDifference(decoded!, image.subarray(image.length - decoded!.length))).toBeLessThanOrEqual(1);
  });
});
