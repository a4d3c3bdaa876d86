import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectBackend } from '@mgmt/nn';
import { savePytorch } from '@mgmt/nn/files';
import * as tf from '@tensorflow/tfjs';
import { densenet, densenet121Config, resnet, resnet18Config } from '../src/index.js';
import { fillByHash } from './hashedWeights.js';
import { sineInput } from './fillRule.js';

const SCRIPT = `
import json, sys, warnings
warnings.filterwarnings('ignore')
import safetensors.torch, torch, torchvision
outputs = []
for name, path in zip(sys.argv[1::2], sys.argv[2::2]):
    network = getattr(torchvision.models, name)(num_classes=2)
    network.load_state_dict(safetensors.torch.load_file(path), strict=True)
    x = torch.sin(0.013 * torch.arange(2 * 3 * 64 * 64, dtype=torch.float64)).reshape(2, 3, 64, 64)
    with torch.no_grad():
        outputs.append(network.double().eval()(x).tolist())
print(json.dumps(outputs))`;

const NETWORKS = {
  resnet18: () => resnet({ ...resnet18Config, spatial: [64, 64], channels: 3, classes: 2 }),
  densenet121: () => densenet({ ...densenet121Config, spatial: [64, 64], channels: 3, classes: 2 }),
};

const hasPyTorch =
  spawnSync('python3', ['-c', "from importlib.util import find_spec; exit(not (find_spec('torchvision') and find_spec('safetensors')))"])
    .status === 0;

describe('savePytorch', () => {
  (hasPyTorch ? it : it.skip)(
    'writes files that torchvision loads, strictly, to the same outputs (needs python3 with torchvision and safetensors)',
    async () => {
      await selectBackend();
      const folder = await mkdtemp(join(tmpdir(), 'for-pytorch-'));
      const files: string[] = [];
      const outputs: number[][][] = [];
      for (const [name, make] of Object.entries(NETWORKS)) {
        const network = make();
        fillByHash(network);
        files.push(name, (await savePytorch(network, join(folder, `${name}.safetensors`))).file);
        outputs.push(tf.tidy(() => (network.predict(sineInput([2, 3, 64, 64])) as tf.Tensor2D).arraySync()));
        network.dispose();
      }
      const theirs = JSON.parse(execFileSync('python3', ['-c', SCRIPT, ...files]).toString()) as number[][][];
      await rm(folder, { recursive: true });
      theirs.forEach((expected, network) => {
        const scale = Math.max(...expected.flat().map(Math.abs));
        const errors = expected.flat().map((value, i) => Math.abs(value - outputs[network]!.flat()[i]!) / scale);
        expect(Math.max(...errors)).toBeLessThan(1e-4);
      });
    },
    120_000,
  ); // Python takes its time to import PyTorch
});
