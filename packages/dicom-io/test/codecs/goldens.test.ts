import { decodeFile, dtypeOf, goldens, largestDifference, refusedGoldens, sha256, valuesOf } from './codedFiles.js';

describe('decoders of compressed frames', () => {
  it.each(goldens.filter(({ lossy }) => !lossy))(
    'give exactly what $decoder gave: $name',
    async ({ file, path, dtype, sha256: expected }) => {
      const frames = await decodeFile(file, path);
      expect(frames.map(dtypeOf)).toEqual(frames.map(() => dtype));
      expect(sha256(frames)).toBe(expected);
    },
  );

  // Decoders of lossy codecs may round differently: T.81 and T.800 bound the error, not its sign.
  it.each(goldens.filter(({ lossy }) => lossy))('are within one stored unit of $decoder: $name', async ({ file, path, dtype, values }) => {
    const frames = await decodeFile(file, path);
    expect(frames.map(dtypeOf)).toEqual(frames.map(() => dtype));
    const decoded = frames.flatMap((frame) => Array.from(frame));
    expect(largestDifference(decoded, valuesOf(dtype, values!))).toBeLessThanOrEqual(1);
  });

  it.each(refusedGoldens)('refuse $name, and say what it is', async ({ file, path }) => {
    const relabeled = { ...file, transferSyntax: '1.2.840.10008.1.2.4.51' };
    await expect(decodeFile(relabeled, path)).rejects.toThrow(/dicom-io\/unsupported-codestream(.|\n)*found progressive JPEG/);
  });
});
