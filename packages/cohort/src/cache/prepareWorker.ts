import { isMgmtError, type MgmtError } from '@mgmt/core';
import type { CasePipeline } from '@mgmt/preprocess';
import { type FoundInput, openArrayCache } from './arrayCache.js';
import type { CaseInput } from './readCase.js';
import { readingMemory } from './readingMemory.js';

/** One case to prepare, in a thread. */
export interface PrepareTask {
  readonly folder: string;
  readonly source: CaseInput;
  readonly pipeline: CasePipeline;
}

/** What comes back: an error is plain data, since its class does not survive the way. */
export type PrepareAnswer = { readonly found: FoundInput } | { readonly error: ReturnType<MgmtError['toJSON']> };

/** This thread prepares one case at a time. */
const memory = readingMemory();

/** Prepares one case; its arrays go to the disk, not back. */
export default async function prepare({ folder, source, pipeline }: PrepareTask): Promise<PrepareAnswer> {
  try {
    return { found: await openArrayCache(folder).get(source, pipeline, memory) };
  } catch (error) {
    if (!isMgmtError(error)) throw error;
    return { error: error.toJSON() };
  }
}
