import { setTimeout } from 'node:timers/promises';
import { inProcess } from './inProcess.js';

describe('stopOnSignals', () => {
  it('asks for a stop at the first signal, takes one that follows at once for the same, and ends the process at a later one', async () => {
    const { status, lines } = await inProcess('stopInProcess.ts', '', (line, child) => {
      if (line !== 'ready') return;
      child.kill('SIGTERM');
      void setTimeout(100).then(() => child.kill('SIGINT'));
      void setTimeout(1500).then(() => child.kill('SIGINT'));
    });
    expect(lines).toEqual(['ready', 'SIGTERM true']);
    expect(status).toBe(130);
  });
});
