import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { aucForest, figureToPng } from '../../src/index.js';
import { sampleStudy } from '../sample/sampleStudy.js';

const figure = aucForest(sampleStudy(3).forest);
const installed = (() => {
  try {
    return createRequire(import.meta.url).resolve('@resvg/resvg-js') !== '';
  } catch {
    return false;
  }
})();
const withResvg = installed ? it : it.skip;
const withoutResvg = installed ? it.skip : it;

const widthOf = (png: Uint8Array) => Buffer.from(png).readUInt32BE(16);

/** First pixel of an 8-bit RGBA picture. */
function cornerOf(bytes: Uint8Array): number[] {
  const png = Buffer.from(bytes);
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return [...inflateSync(Buffer.concat(parts)).subarray(1, 5)];
}

describe('figureToPng', () => {
  withResvg('is twice as wide as the figure, or as wide as it is asked to be', async () => {
    expect(widthOf(await figureToPng(figure))).toBe(1440);
    expect(widthOf(await figureToPng(figure, { width: 500 }))).toBe(500);
  });

  withResvg('stands on white, and on the dark of a page', async () => {
    expect(cornerOf(await figureToPng(figure))).toEqual([255, 255, 255, 255]);
    expect(cornerOf(await figureToPng(figure, { dark: true }))).toEqual([0x15, 0x17, 0x1a, 255]);
  });

  withoutResvg('names the command that installs what is missing', async () => {
    await expect(figureToPng(figure)).rejects.toMatchObject({ code: 'report/no-resvg', hint: 'npm install @resvg/resvg-js' });
  });

  it('refuses a width that is no count of pixels', async () => {
    await expect(figureToPng(figure, { width: 0 })).rejects.toThrow(/report\/bad-width/);
  });
});
