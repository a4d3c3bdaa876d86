import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Histogram, openEventFile, type SummaryValue } from '../src/index.js';
import { encodeFileVersion, encodeSummary, encodeSessionStart, summaryStep } from '../src/tensorBoardEvent.js';
import { frameRecord, readRecords } from '../src/tfRecord.js';
import { golden } from './golden.js';
import { inFolder } from './smallRun.js';

type GoldenValue = number | Histogram | { readonly png: string; readonly rows: number; readonly columns: number };
type GoldenEvent = { readonly wallTime: number; readonly framed: string } & (
  | { readonly fileVersion: string }
  | { readonly sessionStart: true }
  | { readonly step: number; readonly values: Record<string, GoldenValue> }
);

const { events } = golden<{ events: GoldenEvent[] }>('eventFile'); // TensorBoard's own bytes, tools/golden/training_event_file.py
const fromHex = (values: Record<string, GoldenValue>): Record<string, SummaryValue> =>
  Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [
      tag,
      typeof value === 'object' && 'png' in value ? { ...value, png: Buffer.from(value.png, 'hex') } : value,
    ]),
  );
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('event bytes', () => {
  it.each(events)('are TensorBoard’s at $wallTime', (event) => {
    const content =
      'values' in event
        ? encodeSummary({ ...event, values: fromHex(event.values) })
        : 'sessionStart' in event
          ? encodeSessionStart(event.wallTime)
          : encodeFileVersion(event.wallTime);
    expect(hex(frameRecord(content))).toBe(event.framed);
  });

  it('tell their step where they hold a summary', () => {
    const contents = events.map(({ framed }) => readRecords(Buffer.from(framed, 'hex'))[0]!);
    expect(contents.map(summaryStep)).toEqual([undefined, undefined, 1, 300, 5_000_000_000, 2, 3]);
  });
});

describe('readRecords', () => {
  const records = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(255)];
  const bytes = Buffer.concat(records.map(frameRecord));

  it('gives back what was framed', () => expect(readRecords(bytes).map(hex)).toEqual(records.map(hex)));

  it('gives the whole records before the end of a torn file', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        const whole = [19, 35].filter((end) => end <= length).length; // 16 bytes around 3, 0 and 1
        expect(readRecords(bytes.subarray(0, length))).toHaveLength(whole);
      }),
    );
  });

  it('ends before a record of which a bit was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 19, max: 34 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at]! ^= 1 << bit;
        expect(readRecords(changed).map(hex)).toEqual([hex(records[0]!)]);
      }),
    );
  });
});

describe('openEventFile', () => {
  const now = () => 1_735_689_600_000;
  const steps = async (path: string) => readRecords(await readFile(path)).map(summaryStep);

  it('begins with version and start, and appends', () =>
    inFolder(async (folder) => {
      const file = await openEventFile(folder, 0, now);
      await file.write(1, { loss: 0.5 });
      await file.write(2, { loss: 0.25 });
      expect(file.path).toBe(join(folder, 'events.out.tfevents.1735689600.mgmt'));
      expect(await steps(file.path)).toEqual([undefined, undefined, 1, 2]);
    }));

  it('carries over what came up to the step, and the earlier file goes', () =>
    inFolder(async (folder) => {
      const first = await openEventFile(folder, 0, now);
      for (const step of [1, 2, 3]) await first.write(step, { loss: 1 / step });
      const second = await openEventFile(folder, 2, now);
      await second.write(3, { loss: 0 });
      expect(await readdir(folder)).toEqual(['events.out.tfevents.1735689601.mgmt']); // after the first in order of name
      expect(await steps(second.path)).toEqual([undefined, undefined, 1, 2, 3]);
    }));

  it('leaves out a torn record', () =>
    inFolder(async (folder) => {
      const first = await openEventFile(folder, 0, now);
      for (const step of [1, 2]) await first.write(step, { loss: 1 });
      await truncate(first.path, (await readFile(first.path)).length - 3);
      const second = await openEventFile(folder, 2, now);
      expect(await steps(second.path)).toEqual([undefined, undefined, 1]);
    }));

  it('clears away what a start left that was killed while it wrote', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, '.events.out.tfevents.0000000001.mgmt.99.0.tmp'), 'torn');
      await openEventFile(folder, 0, () => 5000);
      expect(await readdir(folder)).toEqual(['events.out.tfevents.0000000005.mgmt']);
    }));

  it('takes nothing twice where an earlier start was cut short before its cleaning', () =>
    inFolder(async (folder) => {
      const first = await openEventFile(folder, 0, now);
      await first.write(1, { loss: 1 });
      const copy = join(folder, 'events.out.tfevents.1735689601.mgmt');
      await writeFile(copy, await readFile(first.path));
      await appendFile(copy, frameRecord(encodeSummary({ wallTime: 0, step: 2, values: {} })));
      const third = await openEventFile(folder, 2, now);
      expect(await steps(third.path)).toEqual([undefined, undefined, 1, 2]);
      expect(await readdir(folder)).toEqual(['events.out.tfevents.1735689602.mgmt']);
    }));
});
