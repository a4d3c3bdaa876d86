/**
 * Do intervals and tests keep what they promise? Draws so many data sets for each and counts those on which it is right; prints the table of
 * docs/statistics.md. Outside the exact 99.9 % band around its known share, a row is marked and the exit status is 1.
 *
 *   node --conditions=@mgmt/source --import @swc-node/register/esm-register tools/null-cohorts/promises.ts [--sets 10000] [--only REGEXP]
 */
import { parseArgs } from 'node:util';
import { rng } from '@mgmt/core';
import { binomialBand } from '../../packages/evaluation/test/promises/binomial.js';
import { intervals } from '../../packages/evaluation/test/promises/intervals.js';
import { predictions } from '../../packages/evaluation/test/promises/predictions.js';
import { tests } from '../../packages/evaluation/test/promises/tests.js';

const { values } = parseArgs({ options: { sets: { type: 'string', default: '10000' }, only: { type: 'string', default: '' } } });
const sets = Number(values.sets);
const root = rng('promises');

console.log('|  | on | known share | band | right |\n| --- | --- | --- | --- | --- |');
for (const { name, on, share = 0.95, measured, orMore, isRight } of [...intervals, ...tests, ...predictions].filter((promised) =>
  new RegExp(values.only).test(`${promised.name} ${promised.on}`),
)) {
  const stream = root.child(name).child(on);
  let right = 0;
  for (let set = 0; set < sets; set++) right += isRight(stream.child(set)) ? 1 : 0;
  const [fewest, most] = binomialBand(sets, share);
  const kept = right >= fewest && (orMore || right <= most);
  if (!kept) process.exitCode = 1;
  const band = orMore ? `${fewest} or more` : `${fewest} to ${most}`;
  console.log(`| ${name} | ${on} | ${share.toFixed(4)}${measured ? ', measured' : ''} | ${band} | ${right}${kept ? '' : ' (!)'} |`);
}
