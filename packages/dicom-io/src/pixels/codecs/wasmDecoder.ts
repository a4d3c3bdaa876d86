import { badCodestream } from './refusals.js';

/** A decoder compiled to WebAssembly, and where its package keeps it. */
export interface WasmCodec {
  /** Its name in errors. */
  readonly name: string;
  readonly script: () => Promise<{ readonly default: StartModule }>;
  /** The compiled code, as an import specifier. */
  readonly code: string;
  /** The class that decodes. */
  readonly decoder: string;
  /** What it prints though nothing is wrong. */
  readonly harmless?: RegExp;
}

/** What Emscripten makes of a codec: fills `module` with its classes. It does so at once where `instantiateWasm` calls back at once. */
export type StartModule = (module: EmscriptenModule) => Promise<unknown>;

interface EmscriptenModule extends Record<string, unknown> {
  print(line: string): void;
  printErr(line: string): void;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): WebAssembly.Exports;
}

/** An object in WebAssembly memory: it is freed by `delete` alone. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
  delete(): void;
}

/**
 * Decodes one codestream.
 *
 * @param edit - may change the copy that the codec gets
 * @returns the samples' bytes, little endian, one or two a sample; the memory is the caller's
 * @throws `MgmtError` `dicom-io/bad-codestream` where the codec fails in whatever way, complains, or returns another number of bytes
 */
export type WasmDecode = (codestream: Uint8Array, length: number, where: string, edit?: (copy: Uint8Array) => void) => Uint8Array;

/**
 * Loads and compiles a codec. It is started at the first frame, and anew after every frame that failed: what a trap or an exception leaves behind in
 * its memory is never decoded with. All of it is silent, and a complaint is a failure, since the codecs return half an image with a warning.
 */
export async function loadWasmDecoder({ name, script, code, decoder, harmless }: WasmCodec): Promise<WasmDecode> {
  const [{ default: start }, compiled] = await Promise.all([script(), compile(code)]);
  const complaints: string[] = [];
  let Decoder: (new () => Decoder) | undefined;
  return (codestream, length, where, edit) => {
    complaints.length = 0;
    try {
      Decoder ??= startDecoder(start, compiled, decoder, (line) => {
        if (line.trim() !== '' && !harmless?.test(line)) complaints.push(line);
      });
      const instance = new Decoder();
      const copy = instance.getEncodedBuffer(codestream.length);
      copy.set(codestream);
      edit?.(copy);
      instance.decode();
      const { buffer, byteOffset, byteLength } = instance.getDecodedBuffer();
      const samples = new Uint8Array(buffer, byteOffset, byteLength).slice();
      instance.delete();
      if (complaints.length === 0 && samples.length === length) return samples;
    } catch (thrown) {
      Decoder = undefined;
      throw badCodestream(where, `${name} cannot decode the frame`, { found: complaint(complaints, thrown), cause: thrown });
    }
    Decoder = undefined;
    throw badCodestream(where, `${name} cannot decode the whole frame`, { found: complaint(complaints) });
  };
}

function startDecoder(start: StartModule, compiled: WebAssembly.Module, decoder: string, print: (line: string) => void): new () => Decoder {
  const module: EmscriptenModule = {
    print,
    printErr: print,
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(compiled, imports);
      done(instance);
      return instance.exports;
    },
  };
  start(module).catch(() => undefined); // the same failure shows in the next line
  if (!isDecoder(module[decoder])) throw new Error('it did not start');
  return module[decoder];
}

const isDecoder = (value: unknown): value is new () => Decoder => typeof value === 'function';

async function compile(specifier: string): Promise<WebAssembly.Module> {
  const url = new URL(import.meta.resolve(specifier));
  if (url.protocol !== 'file:') return WebAssembly.compileStreaming(fetch(url));
  const { readFile } = await import('node:fs/promises');
  return WebAssembly.compile(await readFile(url));
}

/** What the codec said, in one short line. What it throws is often the address of an object in memory that is gone. */
function complaint(lines: readonly string[], thrown?: unknown): string {
  const said = lines[0] ?? (thrown instanceof Error ? thrown.message : undefined);
  return said?.replace(/\s+/g, ' ').trim().slice(0, 200) ?? 'no explanation';
}
