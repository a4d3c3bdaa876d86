import {
  add,
  ClassToken,
  dense,
  dropout,
  firstToken,
  flatten,
  gelu,
  globalAveragePool,
  input,
  LayerNorm,
  layerNorm,
  model,
  multiHeadAttention,
  patches,
  PositionEmbedding,
  type LayersModel,
  type SymbolicTensor,
} from '@mgmt/nn';
import { vitForm, type VitForm, type VitFormName } from './vitForm.js';

/** A vision transformer in two or three dimensions, a plain record. */
export interface VitConfig {
  /** `[row, column]`, or `[slice, row, column]`, where slices are vit-pytorch's frames: decides whether patches are 2-D or 3-D. */
  readonly spatial: readonly number[];
  /** Of the input: 1 for one modality in 3-D, 64 for sixty-four slices in 2-D. */
  readonly channels: number;
  /** Logits out; 1 for a yes or no. */
  readonly classes: number;
  /** Extent of a patch, one for all axes or one each, of which every extent of the image is a multiple. The search tries 16, 32 and 64. */
  readonly patch: number | readonly number[];
  /** Features of a token. The search tries 512, 1,024 and 2,048. */
  readonly dim: number;
  /** Blocks of attention and MLP. The search tries 1 to 6. */
  readonly depth: number;
  /** The search tries 4, 8 and 16. */
  readonly heads: number;
  /** Features of a head; `heads headDim` need not be `dim`. The search tries 64, 256 and 1,024. */
  readonly headDim: number;
  /** Features within the MLP of a block. The search tries 512, 1,024 and 2,048. */
  readonly mlpDim: number;
  /** What the head sees: the class token, which is the published form, or the mean of all tokens. */
  readonly pool: 'cls' | 'mean';
  /** Share that training drops of attention weights, of what attention and the MLP give, and within the MLP. */
  readonly dropout: number;
  /** Share that training drops of the embedded patches. */
  readonly embeddingDropout: number;
  readonly form: VitFormName;
  /** Equal seeds start from equal weights on every machine, and draw equal dropouts. */
  readonly seed: number | string;
}

/**
 * Vision transformer: `[b, (d,) h, w, channels]` to logits `[b, classes]`.
 *
 * Layers are called as their modules in lucidrains' vit-pytorch, `ViT` and `vit_3d.ViT`, in its order of parameters, so that its files load. A block's
 * last layer is called as the block: `transformer.layers.0`. One thing differs: where the class token is pooled, the last block computes that token
 * alone, since nothing reads the others: the same logits and gradients for a fraction of the work. `attentionMaps` of `@mgmt/nn` still shows all.
 *
 * @remarks Dosovitskiy et al. 2021, arXiv:2010.11929.
 * @throws `MgmtError` `nn/patch-does-not-divide` where patches do not fill the image
 * @example
 * const network = vit({ ...vitTable5Config, spatial: [64, 256, 256] });
 */
export function vit(config: VitConfig): LayersModel {
  const { spatial, channels, classes, depth, pool, seed } = config;
  const form = vitForm(config.form, spatial.length);
  const { token, positions } = ownParameters(config, form); // made first: parameters come in the order of their layers

  const x = input([...spatial, channels]);
  const embedded = embedPatches(x, config, form); // [b, n, dim]
  const placed = positions.apply(token ? token.apply(embedded) : embedded) as SymbolicTensor; // [b, n + 1, dim]
  const finalNorm = form.lastNorm === 'transformer' ? new LayerNorm({ name: 'transformer.norm' }) : undefined;
  let y = dropped(placed, config.embeddingDropout, 'dropout', seed);
  for (let i = 0; i < depth; i++) {
    const isLast = i === depth - 1;
    y = block(y, { name: `transformer.layers.${i}`, firstOnly: isLast && pool === 'cls', config, form });
  }
  if (finalNorm) y = finalNorm.apply(y) as SymbolicTensor;
  const pooled = pool === 'mean' ? globalAveragePool(y, { name: 'pool' }) : flatten(y, { name: 'pool' }); // [b, dim]
  const logits = finalNorm
    ? dense(pooled, classes, { seed, name: 'mlp_head' })
    : dense(layerNorm(pooled, { name: 'mlp_head.0' }), classes, { seed, name: 'mlp_head.1' });
  return model(x, logits, { name: `vit${spatial.length}d` });
}

/** What belongs to no module in PyTorch. */
function ownParameters({ pool, seed }: VitConfig, { batchAxis, tokenFirst, alwaysHasToken }: VitForm) {
  const hasToken = pool === 'cls' || alwaysHasToken;
  const token = () => (hasToken ? new ClassToken({ name: 'cls_token', batchAxis, seed }) : undefined);
  const positions = () => new PositionEmbedding({ name: 'pos_embedding', batchAxis, seed });
  return tokenFirst ? { token: token(), positions: positions() } : { positions: positions(), token: token() };
}

function embedPatches(x: SymbolicTensor, { patch, dim, seed }: VitConfig, { patchOrder, normalizesPatches }: VitForm): SymbolicTensor {
  const name = (place: number) => `to_patch_embedding.${place}`;
  const rows = patches(x, { patch, order: patchOrder, name: name(0) }); // [b, n, patch channels]
  if (!normalizesPatches) return dense(rows, dim, { seed, name: name(1) });
  return layerNorm(dense(layerNorm(rows, { name: name(1) }), dim, { seed, name: name(2) }), { name: name(3) });
}

interface BlockOptions {
  readonly name: string;
  /** Whether the first token alone goes on. */
  readonly firstOnly: boolean;
  readonly config: VitConfig;
  readonly form: VitForm;
}

/** `[b, n, dim]` to the same, or to `[b, 1, dim]`: attention and an MLP, each on normalized tokens and added to what came in. */
function block(x: SymbolicTensor, { name, firstOnly, config, form }: BlockOptions): SymbolicTensor {
  const { dim, heads, headDim, mlpDim, dropout: rate, seed } = config;
  const projectOut = heads > 1 || headDim !== dim;
  const attention = `${name}.${form.attention}`;
  const seen = multiHeadAttention(layerNorm(x, { name: `${name}.0.norm` }), {
    heads,
    headDim,
    queries: firstOnly ? 'first' : 'all',
    projectOut,
    dropout: rate,
    seed,
    name: attention,
  });
  const kept = firstOnly ? firstToken(x, { name: `${name}.first` }) : x;
  const y = add(projectOut ? dropped(seen, rate, `${attention}.to_out.1`, seed) : seen, kept, { name: `${name}.0.add` });

  const mlp = (place: number) => `${name}.${form.mlp(place)}`;
  const hidden = gelu(dense(layerNorm(y, { name: `${name}.${form.mlpNorm}` }), mlpDim, { seed, name: mlp(0) }), { name: mlp(1) }); // [b, n, mlpDim]
  const thought = dense(dropped(hidden, rate, mlp(2), seed), dim, { seed, name: mlp(3) });
  return add(dropped(thought, rate, mlp(4), seed), y, { name });
}

function dropped(x: SymbolicTensor, rate: number, name: string, seed: number | string): SymbolicTensor {
  return rate === 0 ? x : dropout(x, { rate, seed, name });
}
