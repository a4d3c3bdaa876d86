import type { Params } from '../../distribution.js';
import type { TrialRecord } from '../../trialRecord.js';

const KEY = 'tpe:relative_params';
/** The longest text that Optuna's relational storage takes for one attribute. */
const CHUNK = 2045;

/** What was drawn together, as Optuna notes it with a trial: processes beside this one see it before the objective has asked for it. */
export function jointNotes(params: Params): Readonly<Record<string, string>> {
  if (Object.keys(params).length === 0) return {};
  const chunks = JSON.stringify(params).match(new RegExp(`.{1,${CHUNK}}`, 'gs'))!;
  return Object.fromEntries(chunks.map((chunk, i) => [`${KEY}:${i}`, chunk]));
}

/** What `jointNotes`, or Optuna, noted; nothing where another process has not written all of it. */
export function notedParams({ systemAttributes }: TrialRecord): Params {
  let text = '';
  for (let i = 0; typeof systemAttributes[`${KEY}:${i}`] === 'string'; i++) text += systemAttributes[`${KEY}:${i}`] as string;
  try {
    return JSON.parse(text) as Params;
  } catch {
    return {};
  }
}
