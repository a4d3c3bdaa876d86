import { isMgmtError } from '@mgmt/core';
import { loadWasmDecoder, type StartModule } from '../../src/pixels/codecs/wasmDecoder.js';

/** A codec that does what its frame says: throws a number, prints, returns nothing, or repeats the frame. */
function fakeCodec() {
  const seen = { started: 0, alive: 0 };
  const start: StartModule = (module) => {
    seen.started++;
    module.FakeDecoder = class {
      private frame = new Uint8Array();
      constructor() {
        seen.alive++;
      }
      getEncodedBuffer(length: number) {
        return (this.frame = new Uint8Array(length));
      }
      decode() {
        const [order] = this.frame;
        if (order === THROW) throw 5246264; // as Emscripten throws C++ exceptions: an address
        if (order === PRINT) module.print('[WARNING] half of it is missing');
        if (order === PRINT_NOTHING) module.print('');
        if (order === PRINT_HARMLESS) module.printErr('[INFO] all is well');
      }
      getDecodedBuffer() {
        return this.frame[0] === NOTHING ? new Uint8Array() : this.frame;
      }
      delete() {
        seen.alive--;
      }
    };
    return Promise.resolve();
  };
  const load = loadWasmDecoder({
    name: 'Fake',
    script: () => Promise.resolve({ default: start }),
    code: '@cornerstonejs/codec-charls/decodewasm', // compiled, not used
    decoder: 'FakeDecoder',
    harmless: /^\[INFO\]/,
  });
  return { seen, load };
}

const [GOOD, THROW, PRINT, NOTHING, PRINT_NOTHING, PRINT_HARMLESS] = [0, 1, 2, 3, 4, 5];
const frame = (order: number) => Uint8Array.of(order, 7, 8);

describe('loadWasmDecoder', () => {
  it('starts the codec once, and frees each decoder', async () => {
    const { seen, load } = fakeCodec();
    const decode = await load;
    for (let i = 0; i < 3; i++) expect(decode(frame(GOOD), 3, 'a.dcm')).toEqual(frame(GOOD));
    expect(seen).toEqual({ started: 1, alive: 0 });
  });

  it('lets the copy be edited, not the frame', async () => {
    const decode = await fakeCodec().load;
    const original = frame(GOOD);
    expect(decode(original, 3, 'a.dcm', (copy) => copy.fill(9, 1))).toEqual(Uint8Array.of(GOOD, 9, 9));
    expect(original).toEqual(frame(GOOD));
  });

  it.each([
    ['throws', THROW, 'no explanation'],
    ['complains', PRINT, '[WARNING] half of it is missing'],
    ['returns too little', NOTHING, 'no explanation'],
  ])('gives an error and starts the codec anew where it %s', async (_, order, found) => {
    const { seen, load } = fakeCodec();
    const decode = await load;
    let error: unknown;
    try {
      decode(frame(order), 3, 'a.dcm');
    } catch (thrown) {
      error = thrown;
    }
    expect(isMgmtError(error) && [error.code, error.where, error.found]).toEqual(['dicom-io/bad-codestream', 'a.dcm', found]);
    expect(decode(frame(GOOD), 3, 'a.dcm')).toEqual(frame(GOOD));
    expect(seen.started).toBe(2);
  });

  it.each([PRINT_NOTHING, PRINT_HARMLESS])('does not mind an empty line, or one that is known to be harmless', async (order) => {
    const decode = await fakeCodec().load;
    expect(decode(frame(order), 3, 'a.dcm')).toEqual(frame(order));
  });

  it('forgets the complaints about the last frame', async () => {
    const decode = await fakeCodec().load;
    expect(() => decode(frame(PRINT), 3, 'a.dcm')).toThrow('WARNING');
    expect(() => decode(frame(THROW), 3, 'b.dcm')).toThrow('no explanation');
  });
});
