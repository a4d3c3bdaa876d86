import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeSafetensors } from '../src/index.js';
import { openSafetensors } from '../src/files.js';
import { itWithPython, python } from './python.js';

const CONVERTER = fileURLToPath(new URL('../../../tools/weights/to_safetensors.py', import.meta.url));

/** Files as people have them: what each holds, and with which options it is converted. */
const MAKE = `
import numpy, os, sys, torch
os.chdir(sys.argv[1])
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))
state = net.state_dict()
torch.save(state, 'plain.pth')
torch.save({'model': state, 'epoch': 3}, 'model.pth')
torch.save({'state_dict': {'module.' + k: v for k, v in state.items()}, 'best': 0.5, 'optimizer': {}}, 'lightning.ckpt')
torch.save({'model_state_dict': state, 'optimizer_state_dict': {}, 'scores': numpy.float64(1)}, 'numpy_scalar.pth')
torch.save({'model_state_dict': state}, 'old.pth', _use_new_zipfile_serialization=False)
torch.save({'student': {'net': state}, 'teacher': {}}, 'nested.pt')
torch.save({'state_dict': {'encoder_q.' + k: v for k, v in state.items()} | {'queue': torch.zeros(4)}}, 'moco.pth')
torch.save({'a': state['0.weight'], 'b': state['0.weight'], 'turned': state['0.weight'].transpose(0, 1), 'note': 'text'}, 'shared.pth')
torch.save(net, 'whole.pt')
torch.save([1, 2], 'list.pt')
numpy.savez('arrays.npz', **{k: v.numpy() for k, v in state.items()})
numpy.savez('objects.npz', a=numpy.array([{}], dtype=object))
`;

/** Runs the converter for each list of arguments in one process, since importing PyTorch takes seconds. */
const CONVERT = `
import contextlib, io, json, os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(sys.argv[1]))
os.chdir(sys.argv[2])
import to_safetensors
ended = []
for arguments in json.load(sys.stdin):
    sys.argv = ['to_safetensors.py', *arguments]
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try: to_safetensors.main()
        except SystemExit as stop: status = stop.code
    ended.append({'status': status, 'stdout': out.getvalue(), 'stderr': err.getvalue()})
print(json.dumps(ended))
`;

interface Ended {
  /** 0, or what is printed before the script ends with 1. */
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

describe('tools/weights/to_safetensors.py', () => {
  itWithPython('torch', 'safetensors')(
    'converts what torch.save and NumPy write, under the same names, and opens no pickle that runs code (needs python3 with torch and safetensors)',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'to-safetensors-'));
      const convert = (...lists: string[][]) => python<Ended[]>(CONVERT, JSON.stringify(lists), CONVERTER, folder);
      const converted = async (name: string) => decodeSafetensors(await readFile(join(folder, name)), name);
      execFileSync('python3', ['-c', MAKE, folder], { stdio: 'inherit' });
      const refusal = async (name: string) => openSafetensors(join(folder, name)).catch((error: Error) => error.message);
      expect(await refusal('plain.pth')).toMatch(/^nn\/not-safetensors[^]*a zip archive, as PyTorch's[^]*to_safetensors.py/);
      expect(await refusal('old.pth')).toMatch(/^nn\/not-safetensors[^]*a pickle, as older versions[^]*to_safetensors.py/);

      const same = [
        ['model.pth'],
        ['old.pth'],
        ['numpy_scalar.pth'],
        ['arrays.npz'],
        ['nested.pt', '--key', 'student'],
        ['moco.pth', '--prefix', 'encoder_q.'],
        ['whole.pt', '--trust'],
      ];
      const refused: [string[], RegExp][] = [
        [['whole.pt', 'never.safetensors'], /cannot be opened without running code[^]*--trust/],
        [['list.pt', 'never.safetensors'], /holds no state_dict but a list/],
        [['nested.pt', 'never.safetensors'], /no state_dict was found[^]*student, teacher/],
        [['nested.pt', '--key', 'model'], /there is no "model"; there are: student, teacher/],
        [['objects.npz', 'never.safetensors'], /allow_pickle=False/],
        [['none.pth', 'never.safetensors'], /there is no such file/],
        [['moco.pth', 'never.safetensors', '--prefix', 'x.'], /no tensors whose names begin with "x\."/],
      ];
      const [first, halved, shared, ...rest] = convert(
        ['plain.pth', 'reference.safetensors'],
        ['lightning.ckpt', '--half'],
        ['shared.pth'],
        ...same,
        ...refused.map(([args]) => args),
      );

      const reference = await converted('reference.safetensors');
      const digest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
      expect(JSON.parse(first!.stdout)).toEqual({ file: 'reference.safetensors', tensors: 7, numbers: 29, sha256: digest });
      expect(reference.metadata).toEqual({ format: 'pt', source: 'plain.pth', source_sha256: digest });
      expect([...reference.tensors.keys()].sort()).toEqual(
        ['0.bias', '0.weight', '1.bias', '1.num_batches_tracked', '1.running_mean', '1.running_var', '1.weight'].sort(),
      );

      for (const [i, [file]] of same.entries()) {
        expect([file, rest[i]!.status, rest[i]!.stderr]).toEqual([file, 0, '']);
        const { tensors } = await converted(`${file!.split('.')[0]}.safetensors`);
        expect(Object.fromEntries(tensors)).toEqual(Object.fromEntries(reference.tensors));
      }
      expect(halved!.status).toBe(0);
      expect((await converted('lightning.safetensors')).tensors.get('module.0.weight')).toMatchObject({
        shape: [2, 1, 3, 3],
        type: 'BF16',
      });
      expect(shared!.stderr).toBe('left out note: str\n');
      const { tensors } = await converted('shared.safetensors');
      expect(tensors.get('a')).toEqual(tensors.get('b'));
      expect(tensors.get('turned')!.shape).toEqual([1, 2, 3, 3]);

      refused.forEach(([, message], i) => expect(rest[same.length + i]!.status).toMatch(message));
      const names = await readdir(folder);
      expect(names.filter((name) => name.startsWith('never') || name.endsWith('.partial'))).toEqual([]);
      await rm(folder, { recursive: true });
    },
    120_000,
  );
});
