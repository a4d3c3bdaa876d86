import { MgmtError } from '@mgmt/core';
import { type FileSource, openSource } from './fileSource.js';
import { findHalf, halfOf } from './halves.js';
import { type ParsedHeader, parseHeader } from './parseHeader.js';

/** An open NIfTI file or pair of files. */
export interface OpenNifti {
  readonly header: ParsedHeader;
  /** The file that the header is in. */
  readonly headerSource: FileSource;
  /** Opens the file that the voxels are in, where that is another one. */
  imageSource(): Promise<FileSource>;
}

/**
 * Opens what is at a path, the single file or either half of a pair, for as long as `use` takes.
 *
 * @throws `MgmtError` of the files and of the header; `nifti-io/header-only`, `nifti-io/image-only` where the other half is not beside the one given
 */
export async function withNifti<T>(path: string, use: (nifti: OpenNifti) => Promise<T>): Promise<T> {
  const open: FileSource[] = [];
  const opened = async (at: string) => {
    const source = await openSource(at);
    open.push(source);
    return source;
  };
  try {
    const given = await opened(path);
    const headerSource = await headerBeside(given, opened);
    const header = parseHeader(headerSource.head, headerSource.where);
    return await use({
      header,
      headerSource,
      async imageSource() {
        if (headerSource !== given) {
          if (header.pair) return given;
          throw imageOnly(given.where, `${headerSource.where}, which says that it holds its voxels itself`);
        }
        if (!header.pair) return given;
        const image = await findHalf(path, 'img');
        if (image === undefined) throw headerOnly(path);
        return opened(image);
      },
    });
  } finally {
    await Promise.all(open.map((source) => source.close()));
  }
}

/** The given file, or where that is no NIfTI file but an image by its name, the header that lies beside it. */
async function headerBeside(given: FileSource, opened: (path: string) => Promise<FileSource>): Promise<FileSource> {
  if (halfOf(given.where) !== 'img') return given;
  try {
    parseHeader(given.head, given.where);
    return given; // a single file under the name of an image
  } catch {
    const path = await findHalf(given.where, 'hdr');
    if (path === undefined) throw imageOnly(given.where, 'none');
    return opened(path);
  }
}

function imageOnly(where: string, found: string): MgmtError {
  return new MgmtError('this is the image of a header and image pair, without its header', {
    code: 'nifti-io/image-only',
    where,
    expected: 'a NIfTI header of the same name in .hdr or .hdr.gz beside it',
    found,
    hint: 'put the header beside the image',
  });
}

/** The error of a pair's header whose image is not there. */
export function headerOnly(where: string): MgmtError {
  return new MgmtError('this is the header of a header and image pair, without its image', {
    code: 'nifti-io/header-only',
    where,
    expected: 'a file of the same name in .img or .img.gz beside it',
    found: 'none',
    hint: 'put the image beside the header, and give the path of either',
  });
}
