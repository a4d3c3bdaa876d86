import { MgmtError } from '@mgmt/core';
import type * as tf from '@tensorflow/tfjs';
import { adaptStem } from './adaptStem.js';
import { openSafetensors } from './openSafetensors.js';
import { planLoad, type LoadOptions, type LoadReport } from './planLoad.js';
import { setSlot, wantedOf } from './pytorchTensors.js';
import { pytorchSlotsOf } from './pytorchSlotsOf.js';

/** Which weights a network was given: a plain record, for the record of a run. */
export interface LoadedWeights extends LoadReport {
  readonly file: string;
  readonly sizeBytes: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** Texts that the file keeps beside its tensors. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Options of {@link loadPytorch}. */
export interface LoadFileOptions extends LoadOptions {
  /** The file must have this SHA-256, hexadecimal. */
  readonly sha256?: string;
}

/**
 * Sets a model's weights from a `.safetensors` file with the names of torchvision, timm, MONAI, efficientnet_pytorch(_3d) or this package.
 *
 * Names before all others' (`module.`, `model.`, `net.`, `backbone.` ...) are taken off where more fits so. Tensors are read in the order of the file,
 * one at a time. All of them are looked at before the first weight changes; only a disk that fails in between leaves a model half loaded.
 *
 * @param path - of a `.safetensors` file. A pickle (`.pth`, `.pt`, `.bin`) is never opened as one: tools/weights/to_safetensors.py converts it
 * @returns what was loaded, for the record of a run
 * @throws `MgmtError` `nn/weights-do-not-fit` where tensors are missing, unexpected or misshapen, with the first of them; `nn/other-weights` where the
 * SHA-256 is another; `nn/no-such-module`; `nn/no-pytorch-name`; and as {@link openSafetensors}
 * @example
 * const weights = await loadPytorch(network, 'resnet18.tv_in1k.safetensors', { keep: ['fc'], adaptStem: true });
 */
export async function loadPytorch(model: tf.LayersModel, path: string, options: LoadFileOptions = {}): Promise<LoadedWeights> {
  const slots = pytorchSlotsOf(model);
  const file = await openSafetensors(path);
  try {
    const { sources, report } = planLoad(wantedOf(slots), file.entries, options, path);
    const sha256 = await file.sha256();
    if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256) {
      throw new MgmtError('the file holds other weights', {
        code: 'nn/other-weights',
        where: path,
        expected: `SHA-256 ${options.sha256}`,
        found: sha256,
        hint: 'fetch the file again, or ask which one is meant',
      });
    }
    const begins = ({ source }: { readonly source: string }) => file.entries.get(source)!.begin;
    for (const { name, source, stemChannels } of [...sources].sort((a, b) => begins(a) - begins(b))) {
      const tensor = await file.read(source);
      setSlot(slots.get(name)!, stemChannels === undefined ? tensor : adaptStem(tensor, stemChannels));
    }
    return { file: path, sizeBytes: file.sizeBytes, sha256, metadata: file.metadata, ...report };
  } finally {
    await file.close();
  }
}
