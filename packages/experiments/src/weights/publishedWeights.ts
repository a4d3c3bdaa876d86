/** Published weights of a network: where they are, and what the file must be. A plain record. */
export interface PublishedWeights {
  /** Of the Hugging Face hub. */
  readonly repository: string;
  /** The commit that is meant. `main` where none is known: then the newest is taken, and the record says which that was. */
  readonly revision: string;
  /** Of `model.safetensors`, hexadecimal, where it is known. */
  readonly sha256?: string;
  readonly sizeBytes?: number;
  readonly license: string;
  /** Who trained them, and what they are called there. */
  readonly origin: string;
}

/**
 * ImageNet weights of the networks here, as the timm project keeps them on the Hugging Face hub. A SHA-256 stands here where several projects that use
 * the file state the same one. The weights were trained on ImageNet, whose terms bind who uses them.
 */
export const PUBLISHED_WEIGHTS = {
  resnet18: {
    repository: 'timm/resnet18.tv_in1k',
    revision: 'bbd144b3e5565108aad885f145491d11bc6ce807',
    sha256: '694f673df6520a3158624e8a89af086f59923ee4cd7436fe5bc3bc71d295ad81',
    sizeBytes: 46_807_446,
    license: 'BSD-3-Clause',
    origin: "torchvision's IMAGENET1K_V1",
  },
  resnet34: {
    repository: 'timm/resnet34.tv_in1k',
    revision: '1b7b21cca82ff974d341713f777bf740c2db38c4',
    sha256: '0bb82595a564991a9d424708b33f5d843f5aaed7f6c0886ff10849ff97022235',
    sizeBytes: 87_278_522,
    license: 'BSD-3-Clause',
    origin: "torchvision's IMAGENET1K_V1",
  },
  resnet50: {
    repository: 'timm/resnet50.tv_in1k',
    revision: '78f3ecfdb38e06d9b8397f662e7ab8fee96026fa',
    sha256: '5d061a3c593d795bfe682d9b152bafbcf550579873492def3515b46db1189888',
    sizeBytes: 102_469_840,
    license: 'BSD-3-Clause',
    origin: "torchvision's IMAGENET1K_V1",
  },
  densenet121: {
    repository: 'timm/densenet121.tv_in1k',
    revision: 'f0d0f2698a02cb133b09d48396db6e1e46fe9f3b',
    sha256: 'c894c6d9caa317a8ca1942986dee7a16a86c77734a4d691d2abe05389cfef358',
    license: 'Apache-2.0',
    origin: "torchvision's IMAGENET1K_V1",
  },
  densenet161: {
    repository: 'timm/densenet161.tv_in1k',
    revision: 'main',
    license: 'Apache-2.0',
    origin: "torchvision's IMAGENET1K_V1",
  },
  efficientnet_b0: {
    repository: 'timm/efficientnet_b0.ra_in1k',
    revision: '1b5383e5f79cc0f7fc067e372f8f26a5fa73f26a',
    sha256: 'd569899762ea9b1384ee07f4af64805cf8caa1c55f9253ebb1080dc40e87a2cd',
    sizeBytes: 21_355_344,
    license: 'Apache-2.0',
    origin: "timm's own, ra_in1k",
  },
} as const satisfies Readonly<Record<string, PublishedWeights>>;

/** A network of which weights are published. */
export type PublishedName = keyof typeof PUBLISHED_WEIGHTS;

/** The names, in the order of the table. */
export const PUBLISHED_NAMES = Object.keys(PUBLISHED_WEIGHTS) as readonly PublishedName[];
