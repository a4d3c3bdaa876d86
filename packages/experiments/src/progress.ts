import { stderr } from 'node:process';
import { Presets, SingleBar } from 'cli-progress';

/** Where a long command tells how far it is. Nothing here changes what is computed. */
export interface Progress {
  /** Begins a phase of `total` steps; the phase before it has ended. */
  phase(name: string, total: number): void;
  /** How many of the phase's steps are done, and a few words on the last. */
  at(done: number, detail?: string): void;
  /** A line that stays. */
  say(line: string): void;
  end(): void;
}

/** A bar with the time left on a terminal; elsewhere (a log, CI) a line at the start of each phase and then at most one every five seconds. */
export function consoleProgress(stream: NodeJS.WriteStream = stderr): Progress {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): Progress {
  let current: SingleBar | undefined;
  const end = () => {
    current?.stop();
    current = undefined;
  };
  return {
    phase(name, total) {
      end();
      const format = `${name.padEnd(22)} {bar} {value}/{total}  {eta_formatted} left  {detail}`;
      current = new SingleBar(
        { format, stream, hideCursor: true, etaBuffer: 20, clearOnComplete: false, barsize: 28, gracefulExit: false },
        Presets.shades_classic,
      );
      current.start(total, 0, { detail: '' });
    },
    at: (done, detail = '') => current?.update(done, { detail }),
    say(line) {
      end();
      stream.write(`${line}\n`);
    },
    end,
  };
}

function lines(stream: NodeJS.WriteStream): Progress {
  let name = '';
  let total = 0;
  let began = 0;
  let spoke = 0;
  return {
    phase(newName, newTotal) {
      [name, total, began, spoke] = [newName, newTotal, Date.now(), Date.now()];
      stream.write(`${name}: ${total} to do\n`);
    },
    at(done, detail) {
      const now = Date.now();
      if (now - spoke < EVERY_MS && done < total) return;
      spoke = now;
      const leftS = done > 0 ? Math.round((((now - began) / done) * (total - done)) / 1000) : undefined;
      stream.write(
        `${name}: ${done}/${total}${done < total && leftS !== undefined ? `, ${leftS} s left` : ''}${detail ? `, ${detail}` : ''}\n`,
      );
    },
    say: (line) => void stream.write(`${line}\n`),
    end: () => undefined,
  };
}

const EVERY_MS = 5000;
