import { dense, relu, type SymbolicTensor } from '@mgmt/nn';

/** The head between encoder and contrastive loss; it is thrown away after pretraining. */
export interface ProjectionHeadConfig {
  /** Units of the hidden layer; 512, as many as ResNet-18 has features. */
  readonly hidden: number;
  /** Length of the embedding that is contrasted; 128, as in Chen et al. 2020. */
  readonly units: number;
  /** Of the starting weights. */
  readonly seed: number | string;
}

/** Features `[b, n]` to embeddings `[b, units]`: linear, ReLU, linear. With ResNet-18 of one channel and the default sizes 11,498,560 parameters in all. */
export function projectionHead(features: SymbolicTensor, { hidden, units, seed }: ProjectionHeadConfig): SymbolicTensor {
  const first = relu(dense(features, hidden, { seed, name: 'projection.0' }), { name: 'projection.1' });
  return dense(first, units, { seed, name: 'projection.2' });
}
