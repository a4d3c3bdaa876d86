import { longCommand } from '../longCommand.js';
import { downloadWeights } from '../weights/downloadWeights.js';
import { PUBLISHED_WEIGHTS, type PublishedName, type PublishedWeights } from '../weights/publishedWeights.js';

export interface DownloadCommandOptions {
  readonly to: string;
  readonly host: string;
  readonly revision?: string;
  readonly sha256?: string;
}

/** `mgmt weights list`: which published weights can be fetched. */
export function listWeights(): void {
  const rows = Object.entries<PublishedWeights>(PUBLISHED_WEIGHTS).map(([name, { repository, license, origin, sizeBytes }]) => {
    const size = sizeBytes === undefined ? '' : `${(sizeBytes / 1e6).toFixed(1)} MB`;
    return `${name.padEnd(16)} ${repository.padEnd(30)} ${size.padStart(9)}  ${license.padEnd(12)}  ${origin}`;
  });
  console.log(rows.join('\n'));
}

/** `mgmt weights download`: fetches published weights to a folder; the only command that asks the network for anything. */
export async function downloadPublished(name: PublishedName, { to, host, revision, sha256 }: DownloadCommandOptions): Promise<void> {
  const published: PublishedWeights = PUBLISHED_WEIGHTS[name];
  const { sha256: known, sizeBytes, ...rest } = published;
  const isOther = revision !== undefined && revision !== published.revision; // then the table does not know what it is
  const wanted: PublishedWeights = {
    ...rest,
    ...(!isOther && sizeBytes !== undefined && { sizeBytes }),
    ...(!isOther && known !== undefined && { sha256: known }),
    ...(revision !== undefined && { revision }),
    ...(sha256 !== undefined && { sha256 }),
  };
  await longCommand(async (progress, signal) => {
    progress.phase(name, Math.ceil((wanted.sizeBytes ?? 0) / MB));
    let total = wanted.sizeBytes;
    const { file, ...record } = await downloadWeights(wanted, {
      to,
      host,
      signal,
      onProgress(doneBytes, totalBytes) {
        if (totalBytes !== undefined && totalBytes !== total) progress.phase(name, Math.ceil((total = totalBytes) / MB));
        progress.at(Math.floor(doneBytes / MB), 'MB');
      },
    });
    progress.end();
    console.log(
      `${file}: ${(record.sizeBytes / MB).toFixed(1)} MB, ${record.license}, ${record.origin}\nSHA-256 ${record.sha256} (${CHECKED[record.checkedAgainst]})`,
    );
  });
}

const MB = 1e6;

const CHECKED = {
  request: 'as it should be',
  host: 'as the host states it; no other is known',
  nothing: 'nobody states what it should be: keep it, and give it with --sha256 from now on',
};
