/**
 * Which of its forms: `2021` is vit-pytorch 0.x (2-D as of 2021, 3-D as it first came), `current` as of 1.26. `current` also normalizes the patches and
 * their embeddings, cuts 3-D patches in another order, and in 2-D normalizes all tokens at the end instead of the pooled one in the head.
 */
export type VitFormName = '2021' | 'current';

/** What sets the forms apart, and how PyTorch calls the modules in each. */
export interface VitForm {
  /** The spatial axes within a patch, slowest first. */
  readonly patchOrder: readonly number[];
  readonly normalizesPatches: boolean;
  /** Whether the class token and the position embedding have an axis for the batch. */
  readonly batchAxis: boolean;
  /** Which parameter comes first. */
  readonly tokenFirst: boolean;
  /** Whether there is a class token where nothing reads it, at mean pooling. */
  readonly alwaysHasToken: boolean;
  /** `transformer` normalizes all tokens, `head` what is pooled of them. */
  readonly lastNorm: 'head' | 'transformer';
  /** Names within a block. */
  readonly attention: string;
  readonly mlpNorm: string;
  /** Of the module at a place in the MLP: a linear layer, GELU, dropout, a linear layer, dropout. */
  mlp(place: number): string;
}

/**
 * The form of this name in two or three dimensions.
 *
 * @param rank - of the image, without channels: 2 or 3
 */
export function vitForm(name: VitFormName, rank: number): VitForm {
  const isFlat = rank === 2;
  if (name === '2021') {
    return {
      patchOrder: isFlat ? [0, 1] : [1, 2, 0], // p1 p2, p1 p2 pf
      normalizesPatches: false,
      batchAxis: true,
      tokenFirst: false,
      alwaysHasToken: true,
      lastNorm: 'head',
      attention: '0.fn',
      mlpNorm: '1.norm',
      mlp: (place) => `1.fn.net.${place}`,
    };
  }
  return {
    patchOrder: isFlat ? [0, 1] : [0, 1, 2], // p1 p2, pf p1 p2
    normalizesPatches: true,
    batchAxis: !isFlat,
    tokenFirst: isFlat,
    alwaysHasToken: !isFlat,
    lastNorm: isFlat ? 'transformer' : 'head',
    attention: '0',
    mlpNorm: '1.net.0',
    mlp: (place) => `1.net.${place + 1}`,
  };
}
