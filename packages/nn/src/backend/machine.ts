interface Builtins {
  'node:fs': typeof import('node:fs');
  'node:os': typeof import('node:os');
  'node:module': typeof import('node:module');
  'node:vm': typeof import('node:vm');
}

/** A module of Node's, or undefined in a browser. Asked for at run time, so that a bundle for browsers holds none of them. */
export function nodeBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { readonly process?: { readonly getBuiltinModule?: (id: string) => unknown } };
  return process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
}

/** An environment variable that is set and not empty. */
export function environment(name: string): string | undefined {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string>> } };
  return process?.env?.[name] || undefined;
}

/** The processor in words: `AMD EPYC, 2 cores`. */
export function hostCpu(): string {
  const cpus = nodeBuiltin('node:os')?.cpus();
  return cpus?.[0] ? `${cpus[0].model.trim()}, ${cpus.length} cores` : 'a CPU';
}

/** How many threads TensorFlow computes with: what its environment variables say, else one a core. */
export function threads(): string {
  return (
    environment('TF_NUM_INTRAOP_THREADS') ?? environment('OMP_NUM_THREADS') ?? String(nodeBuiltin('node:os')?.availableParallelism() ?? 1)
  );
}

/** The vector instructions of the processor that matter here: `avx2 fma avx512f`. Kernels are chosen by them, and with them the last digits. */
export function cpuFeatures(): string {
  const flags = new Set(/^(?:flags|Features)\s*:\s*(.*)$/m.exec(fileText('/proc/cpuinfo'))?.[1]?.split(' '));
  const known = ['avx', 'avx2', 'fma', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_tile', 'asimd', 'sve'].filter((flag) =>
    flags.has(flag),
  );
  return known.join(' ') || 'unknown';
}

/** The version of NVIDIA's kernel driver, and of the machine's own CUDA, where they can be told without a question to the card. */
export function nvidiaDriver(): Readonly<Record<string, string>> {
  const driver = /Kernel Module(?: for \S+)?\s+([\d.]+)/.exec(fileText('/proc/driver/nvidia/version'))?.[1];
  const cuda =
    /"cuda"\s*:\s*\{[^}]*"version"\s*:\s*"([\d.]+)"/.exec(fileText('/usr/local/cuda/version.json'))?.[1] ?? environment('CUDA_VERSION'); // containers name it so
  return { ...(driver && { driver }), ...(cuda && { cuda }) };
}

/** The text of a file; empty where it cannot be read. */
function fileText(path: string): string {
  try {
    return nodeBuiltin('node:fs')?.readFileSync(path, 'utf8') ?? '';
  } catch {
    return '';
  }
}

/** Names of the NVIDIA GPUs whose driver is loaded; empty where there is none. */
export function nvidiaGpus(): readonly string[] {
  const fs = nodeBuiltin('node:fs');
  if (!fs) return [];
  const root = '/proc/driver/nvidia/gpus';
  if (fs.existsSync(root)) {
    return fs.readdirSync(root).map((gpu) => {
      const file = `${root}/${gpu}/information`;
      return (fs.existsSync(file) && /^Model:\s*(.*)$/m.exec(fs.readFileSync(file, 'utf8'))?.[1]) || 'NVIDIA GPU';
    });
  }
  const others = ['/dev/nvidia0', '/usr/lib/wsl/lib/libcuda.so.1']; // containers, Windows' Linux
  return others.some((path) => fs.existsSync(path)) ? ['NVIDIA GPU'] : [];
}
