import { parseArgs } from 'node:util';
import { megabytes } from './cacheFolder.js';
import { installNative, type InstallResult } from './install.js';
import { NativeError, oneLine } from './nativeError.js';
import { prebuildBinding } from './prebuild.js';
import { removeNative } from './remove.js';
import { nativeStatus, type NativeStatus } from './status.js';

const USAGE = `tfjs-native: puts a current TensorFlow under @tensorflow/tfjs-node and -gpu

  tfjs-native install   fetch, build and place it in the project of this folder
      --cpu, --gpu        one build or the other (default: gpu where NVIDIA's driver is)
      --from PATH         TensorFlow's wheel, or a folder with it and tfjs-node's tarball: no network is used
      --force             build and place it anew
      --postinstall       as an npm script: what fails is said in one line, and the exit status is 0
  tfjs-native status    what is installed, and whether it computes
  tfjs-native remove    take it out of the project
      --cache             and delete the cache, which projects share

  --project DIR         the project (default: this folder)
  --json                the result as JSON

Environment: MGMT_NATIVE_CACHE (folder of the cache), MGMT_NATIVE (cpu, gpu, or none: install does nothing), PIP_INDEX_URL, HTTPS_PROXY,
CXX. What pip and npm are configured for holds.`;

/** Runs one command line; resolves with the exit status: 0, 1 when it failed, 2 when it was not understood. */
export async function main(argv: readonly string[]): Promise<number> {
  const postinstall = argv.includes('--postinstall');
  try {
    return await run(argv);
  } catch (error) {
    if (postinstall) {
      console.error(
        `tfjs-native: no native backend for now, WebAssembly will compute, slower: ${oneLine(error).replace(/^tfjs-native\//, '')}`,
      );
      return 0;
    }
    if (argv.includes('--json') && error instanceof NativeError)
      console.log(JSON.stringify({ kind: 'failed', code: error.code, message: error.message }));
    console.error(error instanceof NativeError ? error.message : error);
    return error instanceof NativeError && error.code === 'tfjs-native/bad-option' ? 2 : 1;
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { values, command } = parse(argv);
  const { project, json = false, from } = values;
  const inProject = project === undefined ? {} : { project };
  const show = (result: unknown, lines: readonly string[]) => console.log(json ? JSON.stringify(result, null, 2) : lines.join('\n'));
  const onProgress = (line: string) => {
    const isFailure = line.startsWith('tfjs-native/'); // of one way among several; as an npm script the last line alone tells
    if (!(values.postinstall && isFailure)) console.error(`tfjs-native: ${line}`);
  };
  const fromPath = from === undefined ? {} : { from };

  switch (command) {
    case 'install': {
      const build = buildOf(values);
      if (build === 'none') {
        show({ kind: 'skipped' }, ['tfjs-native: nothing installed, since MGMT_NATIVE is none']);
        return 0;
      }
      const result = await installNative({ ...inProject, ...fromPath, build, force: values.force ?? false, onProgress });
      show(result, installLines(result));
      return 0;
    }
    case 'status': {
      const status = await nativeStatus(inProject);
      show(status, statusLines(status));
      return status.kind === 'ready' || status.kind === 'unsupported' ? 0 : 1;
    }
    case 'remove': {
      const { removed } = await removeNative({ ...inProject, cache: values.cache ?? false });
      show(
        { removed },
        removed.length > 0 ? removed.map((folder) => `tfjs-native: removed ${folder}`) : ['tfjs-native: there was nothing to remove'],
      );
      return 0;
    }
    case 'prebuild': // for this package's own release; not in the usage
      show({}, [`tfjs-native: built ${await prebuildBinding({ ...inProject, ...fromPath, onProgress })}`]);
      return 0;
    case 'help':
      console.log(USAGE);
      return 0;
    default:
      throw new NativeError('bad-option', `there is no command "${command}"`, {
        expected: 'install, status or remove',
        hint: 'tfjs-native --help',
      });
  }
}

function parse(argv: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const options = { cpu: flag, gpu: flag, force: flag, postinstall: flag, json: flag, cache: flag, help: flag, from: text, project: text };
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`"${positionals[1]}" is one word too many`);
    return { values, command: values.help ? 'help' : (positionals[0] ?? 'help') };
  } catch (cause) {
    throw new NativeError('bad-option', (cause as Error).message, { hint: 'tfjs-native --help', cause });
  }
}

function buildOf({ cpu, gpu }: { cpu?: boolean; gpu?: boolean }): 'cpu' | 'gpu' | 'auto' | 'none' {
  if (cpu && gpu) throw new NativeError('bad-option', '--cpu and --gpu exclude each other', { hint: 'tfjs-native --help' });
  if (cpu) return 'cpu';
  if (gpu) return 'gpu';
  const wish = process.env['MGMT_NATIVE'] || 'auto';
  if (wish === 'cpu' || wish === 'gpu' || wish === 'none' || wish === 'auto') return wish;
  throw new NativeError('bad-option', 'MGMT_NATIVE has no such value', { expected: 'cpu, gpu, none or auto', found: wish });
}

function installLines(result: InstallResult): string[] {
  if (result.kind === 'unsupported') {
    return [`tfjs-native: nothing installed on ${result.platform}: ${result.reason}; WebGPU, wasm or plain JavaScript computes`];
  }
  const { kind, packageName, tensorflowVersion, source, elapsedMs, notes } = result;
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
  const what = `TensorFlow ${tensorflowVersion} under ${packageName}`;
  const line =
    kind === 'unchanged' ? `${what} is in place (${seconds})` : `${what} installed, ${SOURCES[source]}, in ${seconds}: ${result.folder}`;
  return [line, ...notes].map((text) => `tfjs-native: ${text}`);
}

const SOURCES = {
  cache: 'from the cache',
  named: 'from the wheel that was named',
  pip: 'by pip',
  index: 'from the index that PIP_INDEX_URL names',
  'own-installer': "by tfjs-node's own installer",
} as const;

function statusLines(status: NativeStatus): string[] {
  switch (status.kind) {
    case 'ready': {
      const { cpu, gpus, onGpu, build } = status;
      const device = onGpu ? `GPU: ${gpus.join(', ') || 'NVIDIA'}` : `CPU: ${cpu.model} (${cpu.instructions.join(', ')})`;
      return [
        `backend     ${status.packageName} ${status.packageVersion}${status.installedBy === 'user' ? ', not installed by tfjs-native' : ''}`,
        `TensorFlow  ${status.tensorflowVersion}, ${build === 'gpu' ? 'CUDA build' : 'CPU build'}`,
        `computes on ${device}${build === 'gpu' && !onGpu ? ', since TensorFlow found no GPU that it can use' : ''}`,
        `size        ${megabytes(status.sizeBytes)}`,
        `package     ${status.folder}`,
        `libraries   ${status.libraries}`,
      ];
    }
    case 'broken':
      return [`backend     broken: ${status.reason}`, `package     ${status.folder}`, `hint        ${status.hint}`];
    case 'absent':
      return [`backend     none: ${status.reason}`, `hint        ${status.hint}`];
    case 'unsupported':
      return [`backend     none on ${status.platform}: ${status.reason}`, `what runs   ${status.runs}`];
    default:
      return status satisfies never;
  }
}
