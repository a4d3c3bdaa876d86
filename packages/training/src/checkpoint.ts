import { createHash } from 'node:crypto';
import { MgmtError } from '@mgmt/core';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '@mgmt/nn';
import type { EpochRecord } from './epochRecord.js';
import type { RunningLoss } from './runningLoss.js';

/** How far a run is. */
export interface Position {
  /** Epochs that are done and recorded. */
  readonly epoch: number;
  /** Batches done of the epoch after them. */
  readonly batch: number;
}

/** All that a run needs to go on as if it had never stopped. */
export interface Checkpoint {
  readonly position: Position;
  /** Updates made so far. */
  readonly steps: number;
  /** What must be the same for the run to go on, as JSON: config, identity, number of batches, signature of the model. */
  readonly fingerprint: unknown;
  /** A record of every epoch that is done. */
  readonly history: readonly EpochRecord[];
  /** Of the epoch that runs. */
  readonly running: RunningLoss;
  /** How often each layer that draws random numbers has drawn: `layerRandomState` of `@mgmt/nn`. */
  readonly layerDraws: readonly number[];
  /** Weights and what the optimizer remembers. */
  readonly tensors: Safetensors['tensors'];
}

/**
 * A checkpoint as one safetensors file. Its metadata hold everything but the tensors as JSON (`state`), the form's `version`, and `sha256` of both.
 */
export function encodeCheckpoint({ tensors, ...rest }: Checkpoint): Uint8Array {
  const state = JSON.stringify(rest);
  return encodeSafetensors(tensors, { version: VERSION, state, sha256: digest(state, tensors) });
}

/**
 * The checkpoint of a file's bytes.
 *
 * @param where - the path, for errors
 * @throws `MgmtError` `training/damaged-checkpoint` where a bit is not as it was written, `training/unknown-checkpoint` for a form of a later version
 */
export function decodeCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const { tensors, metadata } = decoded(bytes, where);
  const { version, state, sha256 } = metadata;
  if (state === undefined || sha256 === undefined || version === undefined) throw damaged(where, 'it lacks its state or its checksum');
  if (version !== VERSION) {
    throw new MgmtError('the checkpoint is of a form that this version does not read', {
      code: 'training/unknown-checkpoint',
      where,
      expected: `version ${VERSION}`,
      found: `version ${version}`,
      hint: 'go on with the version of @mgmt/training that wrote it',
    });
  }
  if (digest(state, tensors) !== sha256) throw damaged(where, 'its checksum is another');
  return { ...(JSON.parse(state) as Omit<Checkpoint, 'tensors'>), tensors };
}

const VERSION = '2';

function decoded(bytes: Uint8Array, where: string): Safetensors {
  try {
    return decodeSafetensors(bytes, where);
  } catch (cause) {
    throw damaged(where, 'it is no whole safetensors file', cause);
  }
}

function digest(state: string, tensors: Safetensors['tensors']): string {
  const hash = createHash('sha256').update(state);
  for (const [name, { shape, data }] of tensors) {
    hash.update(JSON.stringify([name, shape, data.length])).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

const damaged = (where: string, reason: string, cause?: unknown) =>
  new MgmtError(`the checkpoint is damaged: ${reason}`, { code: 'training/damaged-checkpoint', where, cause });
