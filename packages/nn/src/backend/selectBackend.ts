import { isMgmtError, MgmtError } from '@mgmt/core';
import { BACKEND_NAMES, candidates, type BackendCandidate, type BackendName, type TakenBackend } from './candidates.js';
import { environment } from './machine.js';
import { mendBackend } from './mend/mendBackend.js';

/** What was taken to compute with, and why nothing better: part of every run's record. */
export interface BackendReport extends TakenBackend {
  readonly backend: BackendName;
  /** The better ones, each with the reason why it was not taken; empty where one was forced. */
  readonly notTaken: readonly { readonly backend: BackendName; readonly reason: string }[];
}

/** How {@link selectBackend} chooses. */
export interface SelectBackendOptions {
  /** Take this one or fail. The environment variable `MGMT_BACKEND` does the same from outside; the option wins. */
  readonly force?: BackendName;
  /** Hears one line a decision. */
  readonly log?: (line: string) => void;
}

/**
 * Loads the fastest backend that this machine has and makes it tfjs's current one: CUDA, TensorFlow on the CPU, WebGPU, WebAssembly, plain
 * JavaScript. Packages that are not installed are passed over, with the reason in the report. Whoever calls tfjs after it computes on that
 * backend; nothing falls back later.
 *
 * @throws `MgmtError` `nn/unknown-backend`; `nn/backend-unavailable` where a forced one cannot be loaded
 * @example
 * const { backend, device } = await selectBackend({ log: console.error }); // 'tensorflow', 'AMD EPYC, 2 cores'
 */
export async function selectBackend({ force, log }: SelectBackendOptions = {}): Promise<BackendReport> {
  const forced = force ?? environment('MGMT_BACKEND');
  if (forced !== undefined) return takeForced(forced, log);
  const notTaken: { backend: BackendName; reason: string }[] = [];
  for (const candidate of candidates) {
    const reason = candidate.unfit();
    const attempt = reason === undefined ? await attemptTo(candidate, false) : { reason };
    if (attempt.taken) {
      log?.(`computing with ${candidate.name} (${attempt.taken.package}) on ${attempt.taken.device}`);
      return { backend: candidate.name, ...attempt.taken, notTaken };
    }
    notTaken.push({ backend: candidate.name, reason: attempt.reason });
    log?.(`not taking ${candidate.name}: ${attempt.reason}`);
  }
  throw new MgmtError('no backend can be started, not even plain JavaScript', {
    code: 'nn/backend-unavailable',
    found: notTaken.map(({ backend, reason }) => `${backend}: ${reason}`).join('; '),
    hint: 'install @tensorflow/tfjs again',
  });
}

async function takeForced(name: string, log?: (line: string) => void): Promise<BackendReport> {
  const candidate = candidates.find((c) => c.name === name);
  if (!candidate) {
    throw new MgmtError('there is no backend of that name', {
      code: 'nn/unknown-backend',
      where: 'MGMT_BACKEND or option force',
      expected: BACKEND_NAMES.join(', '),
      found: name,
    });
  }
  const attempt = await attemptTo(candidate, true);
  if (!attempt.taken) {
    throw new MgmtError(`the backend '${name}' was asked for and cannot be used: ${candidate.unfit() ?? attempt.reason}`, {
      code: 'nn/backend-unavailable',
      hint: (isMgmtError(attempt.cause) && attempt.cause.hint) || candidate.hint,
      cause: attempt.cause,
    });
  }
  log?.(`computing with ${name} (${attempt.taken.package}) on ${attempt.taken.device}, as asked`);
  return { backend: candidate.name, ...attempt.taken, notTaken: [] };
}

type Attempt = { readonly taken: TakenBackend } | { readonly taken?: undefined; readonly reason: string; readonly cause?: unknown };

async function attemptTo(candidate: BackendCandidate, forced: boolean): Promise<Attempt> {
  try {
    const taken = await candidate.take(forced);
    mendBackend();
    return { taken };
  } catch (cause) {
    if (isMgmtError(cause)) return { reason: cause.sentence, cause };
    const { message } = cause as Error;
    return { reason: NOT_INSTALLED.test(message) ? `its package is not installed (${candidate.hint})` : message.split('\n')[0]!, cause };
  }
}

/** A package by its name is missing; a file by its path would be a package that is not whole, or not for this system. */
const NOT_INSTALLED = /^Cannot find (?:package|module) '[^./\\:']/;
