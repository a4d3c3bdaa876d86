import { runInThisContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { selectBackend } from '../../src/index.js';
import { openDawn, waitForDawn, watchDawn } from '../../src/backend/dawn.js';
import { adapterText, failLoudly, isSoftware, type WebgpuBackend } from '../../src/backend/webgpu.js';
import { onBackend } from '../onEachBackend.js';

const card = { vendor: 'nvidia', architecture: 'hopper', device: 'NVIDIA H100', description: 'NVIDIA: 560.35' };

describe('an adapter', () => {
  it('is told by the most telling words that it has', () => {
    expect(adapterText(card)).toBe('NVIDIA H100, NVIDIA: 560.35');
    expect(adapterText({ vendor: 'apple', architecture: 'metal-3', device: '', description: '' })).toBe('metal-3'); // as a browser
    expect(adapterText({ vendor: '', architecture: '', device: '', description: '' })).toBe('a GPU');
  });

  it.each([
    [{ ...card, isFallbackAdapter: true }, true],
    [{ vendor: 'google', architecture: 'swiftshader', device: '', description: '' }, true],
    [{ vendor: 'mesa', architecture: '', device: 'llvmpipe (LLVM 15.0.6, 256 bits)', description: 'Mesa 22.3.6' }, true],
    [{ vendor: 'microsoft', architecture: '', device: 'Microsoft Basic Render Driver', description: '' }, true],
    [card, false],
    [{ vendor: 'intel', architecture: 'gen-12lp', device: '', description: '' }, false],
  ])('%j computes on the CPU: %s', (adapter, expected) => expect(isSoftware(adapter)).toBe(expected));
});

describe('waiting for Dawn', () => {
  const host = runInThisContext('globalThis') as { setImmediate: (callback: () => void) => unknown };
  const known = { GPUBuffer: Reflect.get(globalThis, 'GPUBuffer'), navigator: Object.getOwnPropertyDescriptor(globalThis, 'navigator') };
  afterEach(() => {
    Reflect.set(globalThis, 'GPUBuffer', known.GPUBuffer);
    if (known.navigator) Object.defineProperty(globalThis, 'navigator', known.navigator);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });

  /** A buffer that is mapped after some turns of the event loop, each of which asks for the next, as Dawn's. */
  class Buffer {
    state = 'unmapped';
    mapAsync(turns: number): void {
      this.state = 'pending';
      const tick = (left: number) => host.setImmediate(() => (left > 0 ? tick(left - 1) : (this.state = 'mapped')));
      tick(turns);
    }
  }
  const open = () => {
    class GPUBuffer extends Buffer {
      override mapAsync(turns: number): void {
        super.mapAsync(turns);
      }
    }
    openDawn({ create: () => ({}), globals: { GPUBuffer } });
    watchDawn();
    return new GPUBuffer();
  };

  it('takes no turn of the event loop', () => {
    const buffer = open();
    buffer.mapAsync(3);
    waitForDawn(() => buffer.state === 'mapped');
    expect(buffer.state).toBe('mapped');
  });

  it('leaves the event loop to go on with what nobody waited for', async () => {
    const [waited, other] = [open(), open()];
    other.mapAsync(50);
    waited.mapAsync(1);
    waitForDawn(() => waited.state === 'mapped');
    expect(other.state).toBe('pending');
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(other.state).toBe('mapped');
  });

  it('ends where there is nothing to wait for, and gives setImmediate back', () => {
    const { setImmediate: before } = host;
    open().mapAsync(0);
    expect(host.setImmediate).toBe(before);
    expect(() => waitForDawn(() => false)).toThrow('nothing under way');
  });
});

describe('failing loudly', () => {
  /** A backend that computes, and tells an error when it is told to. */
  const backend = () => {
    let tell: (event: { error: { message: string } }) => void = () => undefined;
    let lose: (info: { reason: string; message: string }) => void = () => undefined;
    const made = {
      device: {
        lost: new Promise<{ reason: string; message: string }>((resolve) => (lose = resolve)),
        addEventListener: (_: string, listener: typeof tell) => void (tell = listener),
      },
      read: async () => new Float32Array([1]),
      readSync: () => new Float32Array([1]),
    };
    failLoudly(made as unknown as WebgpuBackend);
    return {
      made,
      tell: (message: string) => tell({ error: { message } }),
      lose: (message: string) => lose({ reason: 'unknown', message }),
    };
  };

  it('gives what was read while all is well', async () => {
    const { made } = backend();
    expect([...made.readSync(), ...(await made.read())]).toEqual([1, 1]);
  });

  it('throws at every reading after an error, with the first line of the first one', async () => {
    const { made, tell } = backend();
    tell('cannot index type vec5\n  at line 3');
    tell('another');
    expect(() => made.readSync()).toThrow(/nn\/webgpu-failed.*\n.*found cannot index type vec5\n/);
    await expect(made.read()).rejects.toThrow(/nn\/webgpu-failed/);
  });

  it('throws after the card was lost', async () => {
    const { made, lose } = backend();
    lose('the driver was reset');
    await made.device.lost;
    expect(() => made.readSync()).toThrow(/the device was lost \(unknown\): the driver was reset/);
  });
});

onBackend('webgpu', () => {
  it('says the adapter and the versions', async () => {
    const report = await selectBackend({ force: 'webgpu' });
    expect(report).toMatchObject({ backend: 'webgpu', package: '@tensorflow/tfjs-backend-webgpu', notTaken: [] });
    expect(report.versions['webgpu']).toMatch(/^\d+\.\d+/);
    expect(report.device.length).toBeGreaterThan(3);
  });

  it('reads at once what was just computed, also while another reading is under way', async () => {
    const x = tf.randomUniform([40, 40]);
    const [first, second] = [tf.matMul(x, x), tf.add(x, 1)];
    const underWay = first.data();
    const at1 = second.dataSync();
    expect(at1[7]).toBeCloseTo(x.dataSync()[7]! + 1, 5);
    expect((await underWay).length).toBe(1600);
    tf.dispose([x, first, second]);
  });

  it('says what failed instead of computing with zeros', async () => {
    const { device } = tf.backend() as unknown as { device: { createShaderModule(options: object): void } };
    const x = tf.add(tf.ones([300]), 1);
    device.createShaderModule({ code: 'this is no shader' });
    await expect(x.data()).rejects.toThrow(/nn\/webgpu-failed/);
  });
});
