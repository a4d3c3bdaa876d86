import fc from 'fast-check';
import { isMgmtError } from '@mgmt/core';
import { decodeSafetensors, encodeSafetensors, type WeightTensor } from '../src/index.js';
import { golden } from './golden.js';
import { itWithPython, python } from './python.js';
import { tensors as anyTensors, text } from './weightArbitraries.js';

interface FileCase {
  readonly name: string;
  readonly file: string;
  readonly tensors: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly type: string; readonly elements: readonly string[] }>
  >;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Verdict {
  readonly name: string;
  readonly file: string;
  readonly accepted: boolean;
}

/** A file of a header in ASCII and no data. */
function fileOf(header: string): Uint8Array {
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

describe('safetensors', () => {
  it('come back as they went: any tensors of any type under any names, with their order and metadata', () => {
    fc.assert(
      fc.property(anyTensors, fc.dictionary(text, text), (tensors, metadata) => {
        const decoded = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect([...decoded.tensors]).toEqual([...tensors]);
        expect(Object.entries(decoded.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
      { numRuns: 200 },
    );
  });

  it('are read from any place in a larger buffer', () => {
    const bytes = encodeSafetensors(new Map([['a', { shape: [2], data: Float32Array.from([1, 2]) }]]));
    const shifted = Buffer.alloc(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3)).tensors.get('a')!.data).toEqual(Float32Array.from([1, 2]));
  });

  it('have every element aligned, as readers that map the file need it', () => {
    const bytes = encodeSafetensors(
      new Map<string, WeightTensor>([
        ['odd', { shape: [3], data: Uint8Array.of(1, 2, 3) }],
        ['half', { shape: [1], data: Float32Array.of(1), type: 'F16' }],
        ['wide', { shape: [1], data: Float64Array.of(1) }],
      ]),
    );
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<string, { data_offsets: number[] }>;
    expect(Object.entries(header).map(([name, { data_offsets }]) => [name, data_offsets])).toEqual([
      ['odd', [10, 13]],
      ['half', [8, 10]],
      ['wide', [0, 8]],
    ]);
  });

  it.each(golden<FileCase>('safetensorsFiles'))('of the package in Python are read: $name', ({ file, tensors, metadata }) => {
    const decoded = decodeSafetensors(bytesOf(file));
    expect(decoded.metadata).toEqual(metadata);
    expect([...decoded.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, { shape, type, elements }] of Object.entries(tensors)) {
      const tensor = decoded.tensors.get(name)!;
      expect(tensor.shape).toEqual(shape);
      const expected = elements.map((element) => (/^[IU]64$/.test(type) ? BigInt(element) : Number(element)));
      expect(Array.from<number | bigint>(tensor.data)).toEqual(expected);
      expect(tensor.type).toBe(/^(F16|BF16|BOOL)$/.test(type) ? type : undefined);
    }
  });

  it.each(golden<FileCase>('safetensorsFiles'))('are written as they were read: $name', ({ file }) => {
    const { tensors, metadata } = decodeSafetensors(bytesOf(file));
    const again = decodeSafetensors(encodeSafetensors(tensors, metadata));
    expect([...again.tensors]).toEqual([...tensors]);
    expect(encodeSafetensors(tensors, metadata).length).toBe(bytesOf(file).length);
  });

  it.each(golden<Verdict>('safetensorsVerdicts').filter(({ accepted }) => !accepted))(
    'are refused where the package in Python refuses them: $name',
    ({ file }) => {
      expect(() => decodeSafetensors(bytesOf(file), 'weights.safetensors')).toThrow(/^nn\/bad-safetensors: weights.safetensors: /);
    },
  );

  const LET_PASS = [
    'a blank before the header',
    'a name twice',
    'a name twice, once escaped',
    'a key of the metadata twice',
    'null for metadata',
    'a field that is not known',
    'an entry as a list',
  ];
  it.each(golden<Verdict>('safetensorsVerdicts').filter(({ accepted }) => accepted))(
    'are read where it reads them, but for seven things that it lets pass: $name',
    ({ name, file }) => {
      const read = () => decodeSafetensors(bytesOf(file));
      if (LET_PASS.includes(name)) expect(read).toThrow(/^nn\/bad-safetensors/);
      else if (name === 'elements of four bits') expect(read).toThrow(/^nn\/unread-type.*\n.*found F4 of "a"/);
      else expect(read).not.toThrow();
    },
  );

  it('say of a forged header what is wrong with it and where', () => {
    const verdict = (name: string) => bytesOf(golden<Verdict>('safetensorsVerdicts').find((one) => one.name === name)!.file);
    expect(() => decodeSafetensors(verdict('a name twice, once escaped'))).toThrow(
      /a key is in the header twice\n {2}expected every key once, found "a"/,
    );
    expect(() => decodeSafetensors(verdict('a hole'))).toThrow(/overlap or leave a hole\n {2}expected "b" from byte \d+, found byte \d+/);
    expect(() => decodeSafetensors(verdict('a fraction'))).toThrow(/expected ] at character 30, found "\.0]/);
  });

  it('are refused with a size that a double does not hold, also in a tensor without elements', () => {
    expect(() => decodeSafetensors(fileOf('{"a":{"dtype":"F32","shape":[0,9007199254740993],"data_offsets":[0,0]}}'))).toThrow(
      /below 2\^53/,
    );
  });

  it('end on a header that is deep or long without exhausting the stack', () => {
    expect(() => decodeSafetensors(fileOf('{"a":'.repeat(200_000)))).toThrow(/^nn\/bad-safetensors/);
    expect(() => decodeSafetensors(fileOf(`{"a":{"shape":${'['.repeat(200_000)}`))).toThrow(/^nn\/bad-safetensors/);
    const long = 'x'.repeat(2_000_000);
    expect(decodeSafetensors(fileOf(`{"__metadata__":{"text":"${long}"}}`)).metadata['text']).toHaveLength(long.length);
  });

  it.each([
    ['a zip archive, as torch.save writes', 'PK\x03\x04\x14\0\0\0\b\b\0\0', 'to_safetensors.py'],
    ['a pickle', '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20', 'to_safetensors.py'],
    ['a page', '<!DOCTYPE html>', 'check the address'],
    ['a gzip archive whose time is not kept', '\x1f\x8b\x08\0\0\0\0\0' + '\0'.repeat(600_000), 'unpack it'],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\n', 'git lfs pull'],
  ])('are told from a file of another kind: %s', (_, content, hint) => {
    const read = () => decodeSafetensors(new Uint8Array(Buffer.from(content, 'latin1')), 'model.bin');
    expect(read).toThrow(/^nn\/not-safetensors: model.bin: /);
    expect(read).toThrow(hint);
  });

  it.each<[string, [string, WeightTensor][], Record<string, string>]>([
    ['another length than its shape', [['a', { shape: [3], data: new Float32Array(2) }]], {}],
    ['a half that is no float32', [['a', { shape: [1], data: new Float64Array(1), type: 'F16' }]], {}],
    ['no typed array of numbers', [['a', { shape: [1], data: Buffer.alloc(1) }]], {}],
    ['the name of the metadata', [['__metadata__', { shape: [1], data: new Float32Array(1) }]], {}],
    ['a name that is no text', [['\ud800', { shape: [1], data: new Float32Array(1) }]], {}],
    ['metadata that are no text', [], { a: '\udfff' }],
  ])('are not written with %s', (_, tensors, metadata) => {
    expect(() => encodeSafetensors(new Map(tensors), metadata)).toThrow(/^nn\/bad-tensor: /);
  });
});

/** A file with one or two of its bytes changed, put in or taken out, or its end cut off; the length of its header is kept right. */
const mutated = fc
  .tuple(
    anyTensors,
    fc.array(fc.tuple(fc.noBias(fc.nat({ max: 9_999 })), fc.constantFrom(...'{}[]",:019 \\\0\xffax')), {
      minLength: 1,
      maxLength: 2,
    }),
    fc.constantFrom('set', 'insert', 'insert', 'remove', 'cut'),
  )
  .map(([tensors, places, how]) => {
    const bytes = encodeSafetensors(tensors, { format: 'pt', made: 'here' });
    const mutant = [...bytes];
    for (const [where, character] of places) {
      const at = Math.floor((where / 10_000) * mutant.length);
      const value = character.charCodeAt(0);
      if (how === 'set') mutant[at] = value;
      else if (how === 'cut') mutant.length = at;
      else mutant.splice(at, how === 'remove' ? 1 : 0, ...(how === 'insert' ? [value] : []));
    }
    const whole = Uint8Array.from(mutant);
    const grown = mutant.length - bytes.length;
    if (how !== 'set' && how !== 'cut' && whole.length > 8) {
      const prefix = new DataView(whole.buffer);
      prefix.setBigUint64(0, BigInt(Math.max(0, Number(new DataView(bytes.buffer).getBigUint64(0, true)) + grown)), true); // else every such file fails at once
    }
    return whole;
  });

describe('damaged safetensors', () => {
  it('are read or refused with a typed error, whatever the bytes; what is read is written to be read the same', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        try {
          const { tensors, metadata } = decodeSafetensors(bytes);
          expect([...decodeSafetensors(encodeSafetensors(tensors, metadata)).tensors]).toEqual([...tensors]);
          read++;
        } catch (error) {
          if (!isMgmtError(error)) throw error;
          expect(error.code).toMatch(/^nn\/(bad|not)-safetensors|unread-type$/);
        }
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(50);
  });

  itWithPython('safetensors')('are all refused that the package in Python refuses (needs python3 with safetensors)', () => {
    const files = fc.sample(mutated, { numRuns: 1500, seed: 3 });
    const accepted = files.filter((bytes) => {
      try {
        return decodeSafetensors(bytes);
      } catch {
        return false;
      }
    });
    const script = `
import safetensors, sys, json, base64
verdicts = []
for line in sys.stdin:
    try: safetensors.deserialize(base64.b64decode(line)); verdicts.append(True)
    except Exception as e: verdicts.append(line.strip() + ' ' + str(e))
print(json.dumps(verdicts))`;
    const verdicts = python<(string | true)[]>(script, accepted.map((bytes) => Buffer.from(bytes).toString('base64')).join('\n'));
    expect(verdicts.filter((verdict) => verdict !== true)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(50);
  });
});
