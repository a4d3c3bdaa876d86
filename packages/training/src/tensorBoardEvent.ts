import type { Histogram } from './histogram.js';

/** A gray image as a PNG file. */
export interface PngImage {
  readonly png: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

/** What TensorBoard shows under a tag: a point of a curve, a distribution, or an image. */
export type SummaryValue = number | Histogram | PngImage;

/** What is told of one step, by tags. */
export interface SummaryEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  /** At least 1: a step of 0 is left out of a message, being the default. */
  readonly step: number;
  readonly values: Readonly<Record<string, SummaryValue>>;
}

/**
 * A `tensorflow.Event` message with a summary.
 *
 * @remarks Protocol buffers by hand: https://protobuf.dev/programming-guides/encoding, fields of tensorboard/compat/proto/{event,summary}.proto.
 */
export function encodeSummary({ wallTime, step, values }: SummaryEvent): Uint8Array {
  const encoded = Object.entries(values).map(([tag, value]) => message(1, [text(1, tag), summaryValue(value)])); // Summary.value
  return concat([double(1, wallTime), varint(2, step), message(5, encoded)]);
}

function summaryValue(value: SummaryValue): Uint8Array {
  if (typeof value === 'number') return float(2, value);
  if ('png' in value) return message(4, [varint(1, value.rows), varint(2, value.columns), varint(3, GRAY), message(4, [value.png])]);
  const { minimum, maximum, count, sum, sumOfSquares, limits, counts } = value;
  const facts = [minimum, maximum, count, sum, sumOfSquares].map((fact, i) => double(i + 1, fact));
  return message(5, [...facts, doubles(6, limits), doubles(7, counts)]);
}

/** Channels of an image. */
const GRAY = 1;

/** The event that every file begins with. */
export function encodeFileVersion(wallTime: number): Uint8Array {
  return concat([double(1, wallTime), text(3, 'brain.Event:2')]);
}

/** Tells TensorBoard that the run begins (again) with this file: what it has read from earlier ones is void, from step 0 on. */
export function encodeSessionStart(wallTime: number): Uint8Array {
  return concat([double(1, wallTime), message(7, [varint(1, 1)])]); // SessionLog.status = START
}

/** The step of an event that holds a summary, whichever kind of values that has; nothing for other events. */
export function summaryStep(bytes: Uint8Array): number | undefined {
  let step = 0;
  let hasSummary = false;
  for (let at = 0; at < bytes.length;) {
    const [key, afterKey] = readVarint(bytes, at);
    const [field, wireType] = [key >>> 3, key & 7];
    if (field === 5) hasSummary = true;
    if (wireType === FIXED64) at = afterKey + 8;
    else if (wireType === FIXED32) at = afterKey + 4;
    else {
      const [value, after] = readVarint(bytes, afterKey);
      if (field === 2) step = value;
      at = wireType === LENGTH ? after + value : after;
    }
  }
  return hasSummary ? step : undefined;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

const key = (field: number, wireType: number) => encodeVarint((field << 3) | wireType);
const varint = (field: number, value: number) => concat([key(field, VARINT), encodeVarint(value)]);
const double = (field: number, value: number) => concat([key(field, FIXED64), new Uint8Array(new Float64Array([value]).buffer)]);
const doubles = (field: number, values: readonly number[]) => message(field, [new Uint8Array(new Float64Array(values).buffer)]);
const float = (field: number, value: number) => concat([key(field, FIXED32), new Uint8Array(new Float32Array([value]).buffer)]);
const text = (field: number, value: string) => message(field, [new TextEncoder().encode(value)]);

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  return concat([key(field, LENGTH), encodeVarint(content.length), content]);
}

/** Base 128, lowest first. Exact up to 2^53. */
function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Uint8Array.from([...bytes, value]);
}

function readVarint(bytes: Uint8Array, at: number): [value: number, after: number] {
  let value = 0;
  for (let place = 1; ; place *= 128) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 127) * place;
    if (byte < 128) return [value, at];
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
