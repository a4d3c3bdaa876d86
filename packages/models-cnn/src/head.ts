import { dense, dropout, relu, type SymbolicTensor } from '@mgmt/nn';

/** From features to logits. */
export interface HeadConfig {
  /** Logits out; 1 for a yes or no. */
  readonly classes: number;
  /** Units of fully connected layers before the last one, each with ReLU and dropout; the published networks have none. */
  readonly hidden: readonly number[];
  /** Share of each hidden layer's units that training drops. */
  readonly headDropout: number;
  /** How the head's biases start: PyTorch's `uniform`; MONAI sets them to zero. */
  readonly headBiasStart: 'uniform' | 'zeros';
  /** Equal seeds start from equal weights on every machine, and draw equal dropouts. */
  readonly seed: number | string;
}

/**
 * Features `[b, n]` to logits `[b, classes]`. One linear layer is called `fc`; several are numbered as in a `Sequential` of PyTorch, where ReLU and
 * dropout count: `fc.0`, `fc.3`, `fc.6`.
 */
export function head(
  features: SymbolicTensor,
  { classes, hidden, headDropout: rate, headBiasStart: biasStart, seed }: HeadConfig,
): SymbolicTensor {
  let y = features;
  hidden.forEach((units, i) => {
    const linear = dense(y, units, { biasStart, seed, name: `fc.${3 * i}` });
    y = dropout(relu(linear, { name: `fc.${3 * i + 1}` }), { rate, seed, name: `fc.${3 * i + 2}` });
  });
  return dense(y, classes, { biasStart, seed, name: hidden.length > 0 ? `fc.${3 * hidden.length}` : 'fc' });
}
