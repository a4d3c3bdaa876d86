import { readFileSync } from 'node:fs';
import type { VitConfig } from '../src/index.js';

/** A small network of vit-pytorch at the fill rule, after one loss and its gradients. */
export interface VitCase {
  readonly name: string;
  /** vit-pytorch's. */
  readonly version: string;
  readonly config: Omit<VitConfig, 'classes' | 'dropout' | 'embeddingDropout' | 'seed'>;
  /** PyTorch's, NC[D]HW. */
  readonly shape: readonly number[];
  /** In PyTorch's order, with their shapes there. */
  readonly names: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly logits: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

/** What `tools/golden/models_vit.py` computed. */
export const vitCases = (
  JSON.parse(readFileSync(new URL('golden/vit.json', import.meta.url), 'utf8')) as { readonly cases: readonly VitCase[] }
).cases;
