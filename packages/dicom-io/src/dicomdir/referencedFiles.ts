import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { MgmtError } from '@mgmt/core';

/**
 * Finds a file that a DICOMDIR names.
 *
 * @param components - of Referenced File ID (0004,1500): folders below the DICOMDIR's own, then the file
 * @param record - where it is named, for errors
 * @returns its path, in the spelling of the disk
 * @throws `MgmtError` `dicom-io/unsafe-reference` for one that leads out of the folder, by its spelling or by links; `dicom-io/missing-file`
 */
export type FindReferenced = (components: readonly string[], record: string) => Promise<string>;

/**
 * Prepares to find the files that a DICOMDIR names. Each folder is listed once. Names are compared exactly, and where there is none such, without regard to
 * case: a disc has them in capitals, its copy often not.
 *
 * @param path - of the DICOMDIR
 * @remarks DICOM PS3.10 section 8.5 wants components of 1 to 8 capitals, digits and underscores; other names are taken too, as long as each is one name.
 */
export function referencedFiles(path: string): FindReferenced {
  const folder = dirname(path);
  const listings = new Map<string, Promise<Listing>>();
  const list = (below: string): Promise<Listing> => {
    let listing = listings.get(below);
    if (!listing) listings.set(below, (listing = readdir(below, { withFileTypes: true }).then(listingOf)));
    return listing;
  };
  const root = realpath(folder);
  const leadsOut = async (link: string): Promise<boolean> => {
    const way = relative(await root, await realpath(link));
    return isAbsolute(way) || way.split(sep)[0] === '..';
  };

  return async (components, record) => {
    if (components.length === 0 || !components.every(isOneName)) {
      throw unsafe(record, 'an empty name, a step upwards, or a name with a separator or a drive in it');
    }
    const meant = join(folder, ...components);
    let at = folder;
    try {
      for (const component of components) {
        const entry = entryOf(await list(at), component);
        if (!entry) throw missing(meant, record);
        at = join(at, entry.name);
        if (entry.isSymbolicLink() && (await leadsOut(at))) throw unsafe(record, 'a link that leads elsewhere');
      }
      if ((await stat(at)).isFile()) return at;
    } catch (error) {
      throw error instanceof MgmtError ? error : missing(meant, record, error);
    }
    throw missing(meant, record);
  };
}

/** The entries of a folder by name, and by name in lower case, where several may share one. */
interface Listing {
  readonly exact: ReadonlyMap<string, Dirent>;
  readonly folded: ReadonlyMap<string, readonly Dirent[]>;
}

function listingOf(entries: readonly Dirent[]): Listing {
  const folded = new Map<string, Dirent[]>();
  for (const entry of entries) {
    const name = entry.name.toLowerCase();
    const alike = folded.get(name);
    if (alike) alike.push(entry);
    else folded.set(name, [entry]);
  }
  return { exact: new Map(entries.map((entry) => [entry.name, entry])), folded };
}

function entryOf({ exact, folded }: Listing, name: string): Dirent | undefined {
  const alike = folded.get(name.toLowerCase());
  return exact.get(name) ?? (alike?.length === 1 ? alike[0] : undefined); // of several nobody knows which is meant
}

/** Neither a step upwards nor a separator, a drive or a stream of any system, nor a control character. */
const isOneName = (component: string): boolean => component !== '.' && component !== '..' && /^[^/\\:\p{Cc}]+$/u.test(component);

function unsafe(record: string, found: string): MgmtError {
  return new MgmtError('the file that is named does not lie below the DICOMDIR', {
    code: 'dicom-io/unsafe-reference',
    where: record,
    expected: 'names of folders and of a file, one below the other',
    found,
    hint: 'it was not opened; if it is meant, read it by its own path',
  });
}

function missing(path: string, record: string, cause?: unknown): MgmtError {
  return new MgmtError('there is no such file', {
    code: 'dicom-io/missing-file',
    where: path,
    expected: `a file, named by ${record}`,
    hint: 'the disc was not copied whole; copy it again',
    cause,
  });
}
