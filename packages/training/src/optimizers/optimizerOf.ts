import { adam, type AdamOptions } from './adam.js';
import { adamw, type AdamWOptions } from './adamw.js';
import { lars, type LarsOptions } from './lars.js';
import type { Optimizer } from './optimizer.js';
import { sgd, type SgdOptions } from './sgd.js';

/** An optimizer as data. */
export type OptimizerConfig =
  | ({ readonly kind: 'adam' } & AdamOptions)
  | ({ readonly kind: 'adamw' } & AdamWOptions)
  | ({ readonly kind: 'sgd' } & SgdOptions)
  | ({ readonly kind: 'lars' } & LarsOptions);

/** The optimizer that a config names. */
export function optimizerOf(config: OptimizerConfig): Optimizer {
  switch (config.kind) {
    case 'adam':
      return adam(config);
    case 'adamw':
      return adamw(config);
    case 'sgd':
      return sgd(config);
    case 'lars':
      return lars(config);
    default:
      return config satisfies never;
  }
}
