import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { hashText } from '@mgmt/core';

/**
 * This process in a journal: unique as Optuna's, and with what tells another process whether this one still runs. Host, boot and space of process
 * numbers (containers have their own) are hashes.
 */
export function workerId(): string {
  return (own ??= [randomUUID(), process.pid, here.host, here.boot, here.processes].join('-'));
}

/** Whether the process behind an id is known to have ended: false also for one on another machine, in another container, or of Optuna. */
export function hasEnded(worker: string): boolean {
  const [pid, host, boot, processes] = worker.split('-').slice(UUID_PARTS);
  if (processes === undefined || host !== here.host) return false;
  if (boot !== here.boot) return true; // the machine was started anew since
  return processes === here.processes && !isRunning(Number(pid));
}

let own: string | undefined;

const UUID_PARTS = 5;

const here = {
  host: shortHash(hostname()),
  boot: shortHash(attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))), // Linux alone has these two
  processes: shortHash(attempt(() => readlinkSync('/proc/self/ns/pid'))),
};

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function shortHash(text: string): string {
  return (hashText(text) >>> 0).toString(36);
}
