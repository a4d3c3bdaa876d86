import { resnet10Config, resnet18Config, type ResNetConfig } from '@mgmt/models-cnn';

/** A network and a batch whose training step is timed. */
export interface BenchCase {
  readonly name: string;
  readonly batch: number;
  readonly config: ResNetConfig;
}

const resnet18: ResNetConfig = { ...resnet18Config, spatial: [128, 128] };
const resnet10: ResNetConfig = { ...resnet10Config, stemStride: [1, 2, 2], downsampleBias: false, spatial: [32, 64, 64] };

/** Small enough for plain JavaScript: its loss and gradients are what every backend must come to. */
export const CHECK: BenchCase = { name: 'ResNet10, 8x16x16, batch 4', batch: 4, config: { ...resnet10, spatial: [8, 16, 16] } };

/** From little work to much; the larger ones of each are also measured with PyTorch (docs/numerics.md). */
export const BENCH_CASES: readonly BenchCase[] = [
  { name: 'ResNet10, 32x64x64, batch 1', batch: 1, config: resnet10 },
  { name: 'ResNet18, 128x128, batch 8', batch: 8, config: resnet18 },
  { name: 'ResNet10, 32x64x64, batch 4', batch: 4, config: resnet10 },
  { name: 'ResNet18, 128x128, batch 32', batch: 32, config: resnet18 },
];
