interface Builtins {
  'node:fs': typeof import('node:fs');
  'node:os': typeof import('node:os');
  'node:module': typeof import('node:module');
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
