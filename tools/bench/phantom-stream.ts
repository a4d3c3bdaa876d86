/**
 * A thousand phantom cases at full size from nothing to network inputs, without room for them: each is written as DICOM files, prepared through the cache,
 * and removed. One JSON line every 50 cases: what one of them took, and what is in memory.
 *
 * usage: node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/bench/phantom-stream.ts [--cases=1000] [--shape=100,512,512]
 *        [--input=efficientnet-3d] [--work=DIR]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArrayCache, phantomCase, phantomConfig, readingMemory } from '@mgmt/cohort';
import { writeSeries } from '@mgmt/dicom-io';
import { type PaperInput, paperInputs } from '@mgmt/preprocess';

const option = (name: string) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1];
const cases = Number(option('cases') ?? 1000);
const shape = (option('shape') ?? '100,512,512').split(',').map(Number) as [number, number, number];
const pipeline = paperInputs[(option('input') ?? 'efficientnet-3d') as PaperInput];
const config = phantomConfig({ cases, testCases: 0, shape });
const memory = readingMemory();
const modality = pipeline.inputs[0]![0]! as 'FLAIR';

const work = await mkdtemp(join(option('work') ?? tmpdir(), 'phantom-stream-'));
const spent = { made: [] as Time[], written: [] as Time[], prepared: [] as Time[] };
for (let i = 0; i < cases; i++) {
  const series = join(work, modality);
  const [made, { id, volume }] = await timed(() => {
    const { id, render } = phantomCase(config, i);
    return Promise.resolve({ id, volume: render(modality) });
  });
  const [written] = await timed(() => writeSeries(series, volume, { patientId: id, seriesDescription: modality }));
  const [prepared] = await timed(() => openArrayCache(join(work, 'cache')).get({ id, series: { [modality]: series } }, pipeline, memory));
  await rm(series, { recursive: true });
  await rm(join(work, 'cache'), { recursive: true });
  spent.made.push(made);
  spent.written.push(written);
  spent.prepared.push(prepared);
  if ((i + 1) % 50 === 0 || i + 1 === cases) report(i + 1);
}
await rm(work, { recursive: true });

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

async function timed<T>(action: () => Promise<T>): Promise<[Time, T]> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const result = await action();
  const { user, system } = process.cpuUsage(used);
  return [{ wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }, result];
}

function report(done: number): void {
  const of = (times: readonly Time[]) => ({ wall_s: median(times.map(({ wall }) => wall)), cpu_s: median(times.map(({ cpu }) => cpu)) });
  const minute = (times: readonly Time[]) => Math.round(60 / median(times.map(({ wall }) => wall)));
  const line = {
    done,
    shape,
    made: of(spent.made),
    written: of(spent.written),
    prepared: of(spent.prepared),
    prepared_a_minute: minute(spent.prepared),
    rss_mb: process.memoryUsage.rss() >> 20,
    peak_mb: process.resourceUsage().maxRSS >> 10,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function median(values: readonly number[]): number {
  return Number([...values].sort((a, b) => a - b)[values.length >> 1]!.toFixed(3));
}
