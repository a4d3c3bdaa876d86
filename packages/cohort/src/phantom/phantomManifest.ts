import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MgmtError, stableJson } from '@mgmt/core';
import { writeFileAtomic } from '@mgmt/core/files';
import { z } from 'zod';
import { parsePhantomConfig, type PhantomConfig, recordedConfig } from './phantomConfig.js';

/** Counts up whenever equal configs begin to give other voxels, so that an old folder is not taken for a new one. */
export const PHANTOM_VERSION = 1;

/** What `phantom.json` says of the folder it lies in. */
export interface PhantomManifest {
  /** The {@link PHANTOM_VERSION} that wrote the folder. */
  readonly version: number;
  /** As it stands in the file: another version may have had other members. */
  readonly config: unknown;
  /** False from the first file to the last. */
  readonly complete: boolean;
}

/** The manifest of a folder, none where the folder holds no phantom cohort. */
export async function readPhantomManifest(folder: string): Promise<PhantomManifest | undefined> {
  const path = join(folder, FILE);
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  const parsed = schema.safeParse(jsonOf(content));
  if (!parsed.success) {
    throw new MgmtError('this is not the record of a phantom cohort', {
      code: 'cohort/bad-phantom-manifest',
      where: path,
      expected: 'JSON with version, complete and config',
      hint: 'remove the folder and have the phantom cohort written again',
    });
  }
  const { version, complete, config } = parsed.data;
  return {
    version,
    complete,
    config: version === PHANTOM_VERSION ? parsePhantomConfig(config, path) : (config as unknown as PhantomConfig),
  };
}

/**
 * The config that a phantom cohort was made from, none where the folder holds other data.
 *
 * @throws `MgmtError` `cohort/phantom-incomplete` where writing was interrupted, `cohort/phantom-differs` where another version wrote it,
 * `cohort/bad-phantom-manifest` or `cohort/bad-phantom-config` where the record is damaged
 */
export async function readPhantomConfig(folder: string): Promise<PhantomConfig | undefined> {
  const manifest = await readPhantomManifest(folder);
  if (!manifest) return undefined;
  if (manifest.version !== PHANTOM_VERSION) {
    throw new MgmtError('the folder holds a phantom cohort of another version', {
      code: 'cohort/phantom-differs',
      where: folder,
      expected: `version ${PHANTOM_VERSION}`,
      found: `version ${manifest.version}`,
      hint: 'remove the folder and have the phantom cohort written again',
    });
  }
  if (!manifest.complete) {
    throw new MgmtError('writing this phantom cohort was interrupted', {
      code: 'cohort/phantom-incomplete',
      where: folder,
      hint: 'give the same command again; it goes on with the case it had reached',
    });
  }
  return parsePhantomConfig(manifest.config, join(folder, FILE));
}

/** Replaces the manifest of a folder. */
export async function writePhantomManifest(folder: string, config: PhantomConfig, complete: boolean): Promise<void> {
  const about = 'Synthetic heads with tumors, made by @mgmt/cohort from this config alone. No patient is in them.';
  const manifest = { about, version: PHANTOM_VERSION, complete, config: recordedConfig(config) };
  await writeFileAtomic(join(folder, FILE), JSON.stringify(manifest, null, 2) + '\n');
}

/** True where a folder's files are those that this config gives. */
export function manifestFits({ version, config }: PhantomManifest, wanted: PhantomConfig): boolean {
  return version === PHANTOM_VERSION && stableJson(config) === stableJson(wanted);
}

const FILE = 'phantom.json';
const schema = z.object({ version: z.int(), complete: z.boolean(), config: z.unknown() });

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
