import { MgmtError } from '@mgmt/core';
import * as tf from '@tensorflow/tfjs';
import { waitForDawn } from './dawn.js';

/** What WebGPU says of a graphics card; browsers leave most of it empty. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

/**
 * The adapter that tfjs will take: WebGPU's choice for high performance.
 *
 * @throws `MgmtError` `nn/no-graphics-driver`
 */
export async function findAdapter(): Promise<AdapterInfo> {
  const { gpu } = (globalThis as unknown as { readonly navigator: { readonly gpu: Gpu } }).navigator;
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new MgmtError('WebGPU finds no graphics driver', {
      code: 'nn/no-graphics-driver',
      hint: 'on Linux it wants Vulkan: the loader (libvulkan1) and the driver of the card (mesa-vulkan-drivers, or NVIDIA’s own)',
    });
  }
  return adapter.info;
}

/** Whether the adapter is no card but a program that computes on the CPU, slower than WebAssembly does. */
export function isSoftware({ architecture, device, description, isFallbackAdapter }: AdapterInfo): boolean {
  return (
    isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(`${architecture} ${device} ${description}`)
  );
}

/** The adapter in words, from the most telling part that is there. */
export function adapterText({ vendor, architecture, device, description }: AdapterInfo): string {
  return [device || architecture || vendor || 'a GPU', description].filter(Boolean).join(', ');
}

/** tfjs's WebGPU backend, as far as it is used here. */
export interface WebgpuBackend {
  readonly device: {
    readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
    addEventListener(type: 'uncapturederror', listener: (event: { readonly error: { readonly message: string } }) => void): void;
  };
  readonly tensorMap: { get(dataId: object): TensorData };
  readonly commandEncoder: { copyBufferToBuffer(from: GpuBuffer, fromAt: number, to: GpuBuffer, toAt: number, size: number): void };
  readonly bufferManager: { acquireBuffer(size: number, usage: number): GpuBuffer; releaseBuffer(buffer: GpuBuffer): void };
  read(dataId: object): Promise<tf.backend_util.BackendValues>;
  readSync(dataId: object): tf.backend_util.BackendValues;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}
interface TensorData {
  readonly dtype: tf.DataType;
  readonly resource: GpuBuffer;
  values?: tf.backend_util.BackendValues | null;
}
interface GpuBuffer {
  readonly size: number;
  readonly mapState: 'unmapped' | 'pending' | 'mapped';
  mapAsync(mode: number): Promise<void>;
  getMappedRange(): ArrayBuffer;
  unmap(): void;
}
interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<{ readonly info: AdapterInfo } | null>;
}

/**
 * Makes the current WebGPU backend say when something went wrong. WebGPU tells errors (a shader that does not compile, memory that ran out, a card
 * that was reset) to whoever listens, and computes on with zeros; tfjs does not listen. After this the next reading of a tensor throws.
 *
 * @throws from then on, `MgmtError` `nn/webgpu-failed`
 */
export function failLoudly(backend = tf.backend() as unknown as WebgpuBackend): void {
  if (listening.has(backend)) return;
  listening.add(backend);
  let failure: string | undefined;
  backend.device.addEventListener('uncapturederror', ({ error }) => (failure ??= error.message));
  void backend.device.lost.then(({ reason, message }) => (failure ??= `the device was lost (${reason}): ${message}`));
  const { read, readSync } = backend;
  const checked = <T>(values: T): T => {
    if (failure === undefined) return values;
    throw new MgmtError('WebGPU failed; what was computed since is worthless', {
      code: 'nn/webgpu-failed',
      found: failure.split('\n')[0]!,
      hint: 'a smaller batch where memory ran out; else MGMT_BACKEND=wasm computes without the card',
    });
  };
  backend.read = async (dataId) => checked(await read.call(backend, dataId));
  backend.readSync = (dataId) => checked(readSync.call(backend, dataId));
}

/** Lets the current WebGPU backend read tensors without waiting, in Node: tfjs's own way goes through a canvas, which only browsers have. */
export function readWithoutCanvas(): void {
  const backend = tf.backend() as unknown as WebgpuBackend;
  if (reading.has(backend)) return;
  reading.add(backend);
  const stock = backend.readSync.bind(backend);
  const { COPY_DST, MAP_READ } = (globalThis as unknown as { readonly GPUBufferUsage: Record<'COPY_DST' | 'MAP_READ', number> })
    .GPUBufferUsage;
  backend.readSync = (dataId) => {
    const data = backend.tensorMap.get(dataId);
    if (data.values || data.dtype === 'complex64' || data.dtype === 'string') return stock(dataId);
    const { resource } = data;
    const staging = backend.bufferManager.acquireBuffer(resource.size, COPY_DST | MAP_READ);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    backend.commandEncoder.copyBufferToBuffer(resource, 0, staging, 0, resource.size);
    backend.submitQueue();
    void staging.mapAsync(MAP_MODE_READ).catch(() => undefined); // a failure is the device's, told by its own event
    waitForDawn(() => staging.mapState !== 'pending');
    const bytes = staging.mapState === 'mapped' ? staging.getMappedRange().slice(0) : new ArrayBuffer(resource.size);
    staging.unmap();
    backend.bufferManager.releaseBuffer(staging);
    data.values = tf.util.convertBackendValuesAndArrayBuffer(bytes, data.dtype);
    return data.values;
  };
}

const [listening, reading] = [new WeakSet<object>(), new WeakSet<object>()];
const MAP_MODE_READ = 1; // GPUMapMode.READ
