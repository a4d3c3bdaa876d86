import * as tf from '@tensorflow/tfjs';
import { mendWasm } from './mendWasm.js';
import { hostCpu, nodeBuiltin, nvidiaGpus } from './machine.js';

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
}

/** One way to compute: whether it is worth a try here, and how it is loaded. */
export interface BackendCandidate {
  readonly name: BackendName;
  /** Makes a missing one available. */
  readonly hint: string;
  /** Why it is not even tried on this machine. */
  unfit(): string | undefined;
  /** Loads it and makes it current; throws the reason why not. */
  take(): Promise<TakenBackend>;
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
      return { package: '@tensorflow/tfjs', versions: { tfjs: tf.version_core }, device: hostCpu() };
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
  };
}

async function takeWebgpu(): Promise<TakenBackend> {
  const scope = globalThis as { navigator?: { gpu?: unknown } };
  if (!scope.navigator?.gpu) {
    const { create, globals } = (await load('webgpu')) as { create: (options: string[]) => unknown; globals: object };
    Object.assign(globalThis, globals);
    Object.defineProperty(scope.navigator ?? (scope.navigator = {}), 'gpu', { value: create([]), configurable: true });
  }
  await load('@tensorflow/tfjs-backend-webgpu');
  await makeCurrent('webgpu');
  const { adapterInfo } = tf.backend() as unknown as {
    readonly adapterInfo?: { readonly vendor?: string; readonly architecture?: string };
  };
  const device = [adapterInfo?.vendor, adapterInfo?.architecture].filter(Boolean).join(' ') || 'a GPU through WebGPU';
  return { package: '@tensorflow/tfjs-backend-webgpu', versions: { tfjs: tf.version_core }, device };
}

async function takeWasm(): Promise<TakenBackend> {
  const name = '@tensorflow/tfjs-backend-wasm';
  const wasm = (await load(name)) as { setWasmPaths: (folder: string) => void; version_wasm?: string };
  const main = nodeBuiltin('node:module')
    ?.createRequire(import.meta.url)
    .resolve(name); // .../dist/tf-backend-wasm.node.js
  if (main) wasm.setWasmPaths(main.slice(0, main.lastIndexOf(main.includes('\\') ? '\\' : '/') + 1));
  await makeCurrent('wasm');
  mendWasm();
  return { package: name, versions: { tfjs: tf.version_core, wasm: wasm.version_wasm ?? 'unknown' }, device: `${hostCpu()}, one thread` };
}

/** An optional package. The name is no literal here, so that neither compilers nor bundlers ask for it. */
async function load(name: string): Promise<object> {
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as object;
}

async function makeCurrent(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start its backend '${name}'`);
  await tf.ready();
}
