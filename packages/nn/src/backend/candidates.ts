import * as tf from '@tensorflow/tfjs';
import { openDawn, watchDawn, type DawnPackage } from './dawn.js';
import { cpuFeatures, hostCpu, nodeBuiltin, nvidiaDriver, nvidiaGpus, threads } from './machine.js';
import { adapterText, failLoudly, findAdapter, isSoftware, readWithoutCanvas } from './webgpu.js';

/** The backends that can compute here, fastest first. */
export const BACKEND_NAMES = ['tensorflow-gpu', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const;

/** A way to compute: CUDA, TensorFlow on the CPU, any GPU through WebGPU, WebAssembly, plain JavaScript. */
export type BackendName = (typeof BACKEND_NAMES)[number];

/** A backend that has been loaded and made the current one. */
export interface TakenBackend {
  /** The npm package that it came from. */
  readonly package: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What it computes on, in words. */
  readonly device: string;
  /** What else may decide its speed and its last digits, as far as it can be told: threads, the processor's vector instructions, a GPU's driver. */
  readonly details: Readonly<Record<string, string>>;
}

/** One way to compute: whether it is worth a try here, and how it is loaded. */
export interface BackendCandidate {
  readonly name: BackendName;
  /** Makes a missing one available. */
  readonly hint: string;
  /** Why it is not even tried on this machine. */
  unfit(): string | undefined;
  /** Loads it and makes it current; throws the reason why not. `forced`: also where it is slower than the next. */
  take(forced: boolean): Promise<TakenBackend>;
}

/** In order of preference. */
export const candidates: readonly BackendCandidate[] = [
  {
    name: 'tensorflow-gpu',
    hint: 'on Linux with an NVIDIA GPU: npx @mgmt/tfjs-native install',
    unfit: () => (nvidiaGpus().length > 0 ? undefined : 'no NVIDIA GPU was found'),
    take: () => takeTensorflow('@tensorflow/tfjs-node-gpu'),
  },
  {
    name: 'tensorflow',
    hint: 'on Linux x86-64: npx @mgmt/tfjs-native install',
    unfit: () => (nodeBuiltin('node:module') ? undefined : 'this is no Node process'),
    take: () => takeTensorflow('@tensorflow/tfjs-node'),
  },
  { name: 'webgpu', hint: 'npm install @tensorflow/tfjs-backend-webgpu webgpu', unfit: () => undefined, take: takeWebgpu },
  { name: 'wasm', hint: 'npm install @tensorflow/tfjs-backend-wasm', unfit: () => undefined, take: takeWasm },
  {
    name: 'cpu',
    hint: 'it is part of @tensorflow/tfjs',
    unfit: () => undefined,
    take: async () => {
      await makeCurrent('cpu');
      (tf.backend() as unknown as { firstUse?: boolean }).firstUse = false; // else it prints an advertisement for tfjs-node
      return { package: '@tensorflow/tfjs', versions: { tfjs: tf.version_core }, device: hostCpu(), details: { threads: '1' } };
    },
  },
];

async function takeTensorflow(name: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'): Promise<TakenBackend> {
  await load(name);
  await makeCurrent('tensorflow');
  const backend = tf.backend() as unknown as { readonly isUsingGpuDevice?: boolean; readonly binding?: { readonly TF_Version?: string } };
  const [gpu] = nvidiaGpus();
  const onGpu = backend.isUsingGpuDevice === true;
  if (name.endsWith('-gpu') && !onGpu) throw new Error('TensorFlow opened but could not use the GPU (it prints why at level INFO)');
  return {
    package: name,
    versions: { tfjs: tf.version_core, tensorflow: backend.binding?.TF_Version ?? 'unknown' },
    device: onGpu ? (gpu ?? 'GPU') : hostCpu(),
    details: onGpu ? nvidiaDriver() : { threads: threads(), instructions: cpuFeatures() },
  };
}

async function takeWebgpu(forced: boolean): Promise<TakenBackend> {
  const isThere = !!(globalThis as { navigator?: { gpu?: unknown } }).navigator?.gpu;
  if (!isThere) openDawn((await load('webgpu')) as DawnPackage);
  const isNode = nodeBuiltin('node:module') !== undefined;
  if (isNode) watchDawn();
  const name = '@tensorflow/tfjs-backend-webgpu';
  await load(name);
  const adapter = await findAdapter();
  if (isSoftware(adapter) && !forced) throw new Error(`the only graphics driver computes on the CPU (${adapterText(adapter)})`);
  await makeCurrent('webgpu');
  if (isNode) readWithoutCanvas();
  failLoudly();
  return {
    package: name,
    versions: { tfjs: tf.version_core, ...(isNode && { webgpu: installedVersion('webgpu') }) },
    device: adapterText(adapter),
    details: { adapter: [adapter.vendor, adapter.architecture].filter(Boolean).join(' ') || 'unknown' },
  };
}

async function takeWasm(): Promise<TakenBackend> {
  const name = '@tensorflow/tfjs-backend-wasm';
  const wasm = (await load(name)) as { setWasmPaths(folder: string): void; getThreadsCount(): number; version_wasm?: string };
  const main = nodeBuiltin('node:module')
    ?.createRequire(import.meta.url)
    .resolve(name); // .../dist/tf-backend-wasm.node.js
  if (main) wasm.setWasmPaths(main.slice(0, main.lastIndexOf(main.includes('\\') ? '\\' : '/') + 1));
  await makeCurrent('wasm');
  const [simd, threaded] = await Promise.all(
    ['WASM_HAS_SIMD_SUPPORT', 'WASM_HAS_MULTITHREAD_SUPPORT'].map((flag) => tf.env().getAsync(flag)),
  );
  const count = threaded ? wasm.getThreadsCount() : 1; // in Node always
  return {
    package: name,
    versions: { tfjs: tf.version_core, wasm: wasm.version_wasm ?? 'unknown' },
    device: `${hostCpu()}, ${count === 1 ? 'one thread' : `${count} threads`}`,
    details: { threads: String(count), instructions: simd ? 'simd' : 'no simd' },
  };
}

/** An optional package. The name is no literal here, so that neither compilers nor bundlers ask for it. */
async function load(name: string): Promise<object> {
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as object;
}

/** The version of a package, of Node's. */
function installedVersion(name: string): string {
  const require = nodeBuiltin('node:module')!.createRequire(import.meta.url);
  return (require(`${name}/package.json`) as { version: string }).version;
}

async function makeCurrent(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start its backend '${name}'`);
  await tf.ready();
}
