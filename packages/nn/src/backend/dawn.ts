import { nodeBuiltin } from './machine.js';

/** What the npm package `webgpu` exports: Dawn, the implementation of WebGPU that Chrome uses, for Node. */
export interface DawnPackage {
  /** A new `navigator.gpu`. */
  create(options: readonly string[]): object;
  /** The classes and constants that a browser has as globals: `GPUBuffer`, `GPUBufferUsage`, ... */
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Gives Node what a browser has: `navigator.gpu`, its classes and its constants. */
export function openDawn({ create, globals }: DawnPackage): void {
  Object.assign(globalThis, globals);
  const scope = globalThis as { navigator?: object };
  Object.defineProperty((scope.navigator ??= {}), 'gpu', { value: create([]), configurable: true });
}

/** Makes {@link waitForDawn} possible for what is started from now on by the classes that are in force. */
export function watchDawn(): void {
  const scope = globalThis as unknown as Readonly<Record<string, { readonly prototype: Record<string, Method> } | undefined>>;
  for (const [name, methods] of Object.entries(ASYNCHRONOUS)) {
    const prototype = scope[name]?.prototype;
    if (!prototype || watched.has(prototype)) continue;
    watched.add(prototype);
    for (const method of methods) prototype[method] = withTicks(prototype[method]!);
  }
}

/**
 * Waits, without giving the event loop a turn, until a condition holds that Dawn's own progress brings about. Dawn finishes asynchronous work in
 * callbacks that it hands to `setImmediate`; they are called here instead.
 */
export function waitForDawn(isDone: () => boolean): void {
  while (!isDone()) {
    if (pending.size === 0) throw new Error('WebGPU has nothing under way that could end the wait');
    for (const tick of [...pending]) run(tick);
    if (!isDone()) Atomics.wait(nothing, 0, 0, 0.05); // ms; a driver that computes on the CPU needs the core
  }
}

type Method = (...args: unknown[]) => unknown;
type Tick = () => void;

/** The methods that start asynchronous work. */
const ASYNCHRONOUS = {
  GPUAdapter: ['requestDevice'],
  GPUBuffer: ['mapAsync'],
  GPUDevice: ['createComputePipelineAsync', 'createRenderPipelineAsync', 'popErrorScope'],
  GPUQueue: ['onSubmittedWorkDone'],
  GPUShaderModule: ['getCompilationInfo'],
};

const watched = new WeakSet<object>();
const pending = new Set<Tick>();
const nothing = new Int32Array(new SharedArrayBuffer(4));

function withTicks(method: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    return collectingTicks(() => method.apply(this, args));
  };
}

/** Runs work during which the callbacks that Dawn hands to `setImmediate` are kept here too. */
function collectingTicks<T>(work: () => T): T {
  const host = hostGlobal();
  const { setImmediate } = host;
  host.setImmediate = (tick: Tick) => {
    pending.add(tick);
    return setImmediate(() => run(tick));
  };
  try {
    return work();
  } finally {
    host.setImmediate = setImmediate;
  }
}

/** A tick that has nothing to finish yet hands on the next. */
function run(tick: Tick): void {
  if (pending.delete(tick)) collectingTicks(tick);
}

/** The global object that native modules see, also from within a context of its own (a test runner's). */
function hostGlobal(): { setImmediate: (callback: Tick) => unknown } {
  return nodeBuiltin('node:vm')!.runInThisContext('globalThis') as { setImmediate: (callback: Tick) => unknown };
}
