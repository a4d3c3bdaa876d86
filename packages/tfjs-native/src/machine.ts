import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.js';

/** Whether TensorFlow's Linux wheels can run here, and if not, why. */
export type Platform = { readonly kind: 'supported' } | { readonly kind: 'unsupported'; readonly name: string; readonly reason: string };

export interface MachineFacts {
  readonly platform: string;
  readonly arch: string;
  /** `2.36`; undefined on musl, which has none. */
  readonly glibc: string | undefined;
  /** As /proc/cpuinfo lists them, lower case. */
  readonly cpuFlags: readonly string[];
}

/** Linux on x86-64 with glibc 2.27 or later (the wheels' tag), and a CPU with AVX, which every instruction of TensorFlow's build may use. */
export function judgePlatform({ platform, arch, glibc, cpuFlags }: MachineFacts): Platform {
  const unsupported = (name: string, reason: string): Platform => ({ kind: 'unsupported', name, reason });
  if (platform !== 'linux') return unsupported(`${platform} ${arch}`, 'TensorFlow is taken from its wheels for Linux only');
  if (arch !== 'x64') return unsupported(`linux ${arch}`, 'TensorFlow is taken from its wheels for x86-64 only');
  if (glibc === undefined) return unsupported('linux x64 with musl', 'TensorFlow needs glibc (Debian, Ubuntu, Fedora, …; Alpine has musl)');
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  if (major < 2 || (major === 2 && minor < 27)) return unsupported(`linux x64 with glibc ${glibc}`, 'TensorFlow needs glibc 2.27 or later');
  if (cpuFlags.length > 0 && !cpuFlags.includes('avx')) return unsupported('linux x64 without AVX', 'TensorFlow needs a CPU with AVX');
  return { kind: 'supported' };
}

export function readMachine(): MachineFacts {
  return { platform: process.platform, arch: process.arch, glibc: glibcVersion(), cpuFlags: cpuInfo().flags };
}

/** The CPU's name, and those of its instruction sets that TensorFlow and oneDNN choose kernels by. */
export function cpuDescription(): { readonly model: string; readonly instructions: readonly string[] } {
  const { model, flags } = cpuInfo();
  const known = [
    'sse4_2',
    'avx',
    'avx2',
    'fma',
    'avx_vnni',
    'avx512f',
    'avx512bw',
    'avx512_vnni',
    'avx512_bf16',
    'avx512_fp16',
    'amx_tile',
    'amx_bf16',
    'amx_int8',
  ];
  return { model, instructions: known.filter((name) => flags.includes(name)) };
}

/** Whether NVIDIA's driver library is on this machine. */
export async function hasNvidiaDriver(): Promise<boolean> {
  const known = await loaderCache();
  return known.has('libcuda.so.1') || ['/usr/lib/wsl/lib', ...LIBRARY_FOLDERS].some((folder) => existsSync(join(folder, 'libcuda.so.1')));
}

/** The names of the NVIDIA GPUs that the driver lists; empty where there is none. */
export async function nvidiaGpus(): Promise<readonly string[]> {
  const root = '/proc/driver/nvidia/gpus';
  const models = list(root).map((gpu) => /^Model:\s*(.*)$/m.exec(read(join(root, gpu, 'information')))?.[1] ?? 'NVIDIA GPU');
  if (models.length > 0) return models;
  const smi = await runCommand('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], { timeoutMs: 10_000 }); // WSL has no /proc/driver
  return smi.kind === 'ended' && smi.code === 0 ? smi.stdout.split('\n').filter(Boolean) : [];
}

/** Where this machine has a library, or undefined: `loader` where the dynamic loader finds it by itself. */
export type Found = { readonly kind: 'loader' } | { readonly kind: 'folder'; readonly path: string };

/** Looks each library up in the loader's cache, in LD_LIBRARY_PATH, and in the folders where CUDA and its cuDNN are usually put. */
export async function findLibraries(names: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const known = await loaderCache();
  const searched = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter(Boolean);
  const found = new Map<string, Found>();
  for (const name of names) {
    const folder = [...searched, ...cudaFolders(), ...LIBRARY_FOLDERS].find((candidate) => existsSync(join(candidate, name)));
    if (known.has(name)) found.set(name, { kind: 'loader' });
    else if (folder) found.set(name, { kind: 'folder', path: join(folder, name) });
  }
  return found;
}

const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/local/lib'];

function cudaFolders(): string[] {
  const roots = list('/usr/local').filter((name) => /^cuda(-12(\.\d+)?)?$/.test(name));
  const named = process.env['CUDA_HOME'] ?? process.env['CUDA_PATH'];
  return [...(named ? [named] : []), ...roots.map((name) => join('/usr/local', name)), '/opt/cuda'].flatMap((root) => [
    join(root, 'lib64'),
    join(root, 'targets/x86_64-linux/lib'),
    join(root, 'extras/CUPTI/lib64'),
  ]);
}

async function loaderCache(): Promise<ReadonlySet<string>> {
  for (const program of ['ldconfig', '/sbin/ldconfig', '/usr/sbin/ldconfig']) {
    const run = await runCommand(program, ['-p'], { timeoutMs: 10_000 });
    if (run.kind === 'ended' && run.code === 0)
      return new Set(run.stdout.split('\n').flatMap((line) => /^\s+(\S+)\s.*x86-64/.exec(line)?.[1] ?? []));
  }
  return new Set();
}

function glibcVersion(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const report = process.report as typeof process.report & { excludeNetwork?: boolean };
  report.excludeNetwork = true; // looking up the host's names can take seconds
  const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime;
}

function cpuInfo(): { model: string; flags: string[] } {
  const text = read('/proc/cpuinfo');
  return {
    model: /^model name\s*:\s*(.*)$/m.exec(text)?.[1] ?? 'unknown CPU',
    flags: (/^flags\s*:\s*(.*)$/m.exec(text)?.[1] ?? '').split(' ').filter(Boolean),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
