import { appendFile, readFile } from 'node:fs/promises';

/** Appends one record to a log of JSON lines in a single write. */
export async function appendLine(path: string, record: unknown): Promise<void> {
  await appendFile(path, JSON.stringify(record) + '\n');
}

/** The records of a log of JSON lines, none where there is no file. A last line that a crash has torn is dropped. */
export async function readLines<T>(path: string): Promise<T[]> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = content.slice(0, content.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
