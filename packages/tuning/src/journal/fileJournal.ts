import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isMgmtError, MgmtError } from '@mgmt/core';
import { cannotWrite } from '@mgmt/core/files';
import type { Journal } from './journal.js';
import { asWritten, decodeRecord, encodeRecord, type JournalRecord, type Operation } from './operations.js';
import { Replay } from './replay.js';
import { withJournalLock } from './withJournalLock.js';
import { workerId } from './workerId.js';

/**
 * A journal in a file of Optuna's form, `JournalFileBackend`: a record a line. The file and its folder are made when something is first written.
 *
 * A last line without an end, which a process leaves that is killed as it writes, counts for nothing, as with Optuna; it is cut off by who writes next.
 * Methods throw `MgmtError` `tuning/damaged-journal` (a line that is no record with others after it, a file that became shorter),
 * `tuning/unknown-operation`, `tuning/cannot-read`, `core/cannot-write`.
 */
export class FileJournal implements Journal {
  readonly replay = new Replay();
  private readonly path: string;
  private bytes = 0; // of the lines that are applied
  private lines = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = resolve(path);
  }

  read(): Promise<Replay> {
    return this.inTurn(async () => {
      const file = await open(this.path, 'r').catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT' && this.bytes === 0) return undefined;
        throw this.cannotRead(cause);
      });
      if (file) await closing(file, () => this.catchUp(file));
      return this.replay;
    });
  }

  transact(decide: (replay: Replay) => readonly Operation[]): Promise<Replay> {
    return this.inTurn(async () => {
      if (this.bytes === 0) await this.attempt(() => mkdir(dirname(this.path), { recursive: true }));
      return withJournalLock(this.path, async () => {
        const file = await this.attempt(() => open(this.path, 'a+'));
        await closing(file, async () => {
          const rest = await this.catchUp(file);
          const records = decide(this.replay).map((operation) => ({ ...operation, worker_id: workerId() }));
          if (records.length > 0) await this.append(file, records, rest);
        });
        return this.replay;
      });
    });
  }

  private async append(file: FileHandle, records: readonly JournalRecord[], rest: Buffer): Promise<void> {
    if (rest.includes(LINE_END)) throw this.damaged();
    const text = records.map(encodeRecord).join('');
    await this.attempt(async () => {
      if (rest.length > 0) await file.truncate(this.bytes);
      await file.appendFile(text);
      await file.sync();
    }).catch(async (error: unknown) => {
      await file.truncate(this.bytes).catch(() => undefined);
      throw error;
    });
    for (const record of records) this.replay.apply(asWritten(record));
    this.bytes += Buffer.byteLength(text);
    this.lines += records.length;
  }

  /** Applies the lines that are new, and gives the bytes after the last whole one. */
  private async catchUp(file: FileHandle): Promise<Buffer> {
    const { size } = await file.stat();
    if (size < this.bytes) throw this.damaged(`the file became shorter than the ${this.bytes} bytes that were read`);
    const bytes = await readFully(file, this.bytes, size - this.bytes).catch((cause: NodeJS.ErrnoException) => {
      throw this.cannotRead(cause);
    });
    let start = 0;
    for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, start)) {
      const record = this.located(() => decodeRecord(bytes.toString('utf8', start, end), this.nextLine()));
      if (!record && end + 1 < bytes.length) throw this.damaged();
      if (!record) break;
      this.located(() => this.replay.apply(record));
      this.bytes += end + 1 - start;
      this.lines++;
      start = end + 1;
    }
    return bytes.subarray(start);
  }

  private nextLine(): string {
    return `${this.path}, line ${this.lines + 1}`;
  }

  private damaged(sentence = 'the line is no record of a journal', cause?: unknown): MgmtError {
    const hint = 'keep a copy, then take the line out: the records after it are whole';
    return new MgmtError(sentence, { code: 'tuning/damaged-journal', where: this.nextLine(), hint, cause });
  }

  private cannotRead(cause: NodeJS.ErrnoException): MgmtError {
    return new MgmtError('the journal cannot be read', { code: 'tuning/cannot-read', where: this.path, found: cause.code ?? '', cause });
  }

  /** Errors of a record with the line that it stands in. */
  private located<T>(take: () => T): T {
    try {
      return take();
    } catch (error) {
      if (!isMgmtError(error)) throw this.damaged('the record says what cannot be', error);
      throw error.where ? error : new MgmtError(error.sentence, { ...error.toJSON(), where: this.nextLine(), cause: error });
    }
  }

  private async attempt<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (cause) {
      throw cannotWrite(this.path, cause);
    }
  }

  /** One after the other within the process: the lock is between processes. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

const LINE_END = 10;

async function closing<T>(file: FileHandle, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await file.close();
  }
}

async function readFully(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, position + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}
