import { MgmtError } from '@mgmt/core';
import { commonNames } from './commonNames.js';
import type { ElementType } from './elementTypes.js';

/** Which of a file's tensors go into a model, and how. */
export interface LoadOptions {
  /** Loads what fits and reports the rest. It throws only where nothing fits. */
  readonly partial?: boolean;
  /** Modules of the model that keep the weights they have: `['fc']` for a head of one's own. The file's tensors for them are passed over. */
  readonly keep?: readonly string[];
  /** The module of the model that the file is for: `branch1` of a network with two. All else stays as it is. */
  readonly into?: string;
  /** Adapts the first convolution to another number of channels, by the rule of `adaptStem`. */
  readonly adaptStem?: boolean;
}

/** How a file's tensors and a model's fit together: a plain record. */
export interface LoadReport {
  /** Names of the model, as in all that follows. */
  readonly loaded: readonly string[];
  /** The model has them, the file does not. */
  readonly missing: readonly string[];
  /** Names of the file, which the model does not have; counters of batches, which nothing here uses, and empty tensors are passed over. */
  readonly unexpected: readonly string[];
  readonly misshapen: readonly { readonly name: string; readonly expected: readonly number[]; readonly found: readonly number[] }[];
  /** They stayed as they were because it was asked. */
  readonly kept: readonly string[];
  /** What the file's names began with beside the model's: `module.`, or nothing. */
  readonly prefix: string;
  /** The first convolution, where it was adapted from so many channels. */
  readonly stem?: { readonly name: string; readonly from: number; readonly to: number };
}

/** A weight of the model. */
export interface Wanted {
  /** In PyTorch's layout. */
  readonly shape: readonly number[];
  readonly isKernel: boolean;
}

/** A tensor of the file. */
export interface Offered {
  readonly shape: readonly number[];
  readonly type: ElementType;
}

/** What is to be done, before anything is. */
export interface LoadPlan {
  readonly report: LoadReport;
  /** For each weight that is loaded, the file's tensor. */
  readonly sources: readonly { readonly name: string; readonly source: string; readonly stemChannels?: number }[];
}

/**
 * Finds for each weight of a model its tensor in a file, by name. Names are compared in one spelling for all libraries (`commonNames`), and without
 * what frameworks put before them ({@link WRAPPERS}), if more fits so.
 *
 * @throws `MgmtError` `nn/weights-do-not-fit` where tensors are missing, unexpected or misshapen (with `partial` where nothing fits) or no floats;
 * `nn/no-such-module` where `keep` or `into` names none of the model
 */
export function planLoad(
  model: ReadonlyMap<string, Wanted>,
  file: ReadonlyMap<string, Offered>,
  options: LoadOptions,
  where: string | undefined,
): LoadPlan {
  const { keep = [], into = '', partial = false } = options;
  const inside = into === '' ? '' : `${into}.`;
  const names = [...model.keys()].filter((name) => name.startsWith(inside));
  for (const module of [...keep.map((name) => inside + name), ...(into === '' ? [] : [into])]) checkModule(module, model);
  const kept = names.filter((name) => keep.some((module) => isIn(name.slice(inside.length), module)));
  const modelCommon = commonNames(names.map((name) => name.slice(inside.length)));

  const offered = [...file.keys()].filter((name) => !/(^|\.)num_batches_tracked$/.test(name) && !file.get(name)!.shape.includes(0));
  const readings = prefixesOf(offered).map((prefix) => {
    const bare = new Map(offered.map((name) => [name, name.startsWith(prefix) ? name.slice(prefix.length) : name]));
    const common = commonNames(bare.values());
    const sources = new Map(offered.map((name) => [common.get(bare.get(name)!)!, name]));
    const isWhole = sources.size === offered.length; // else two names became one
    const sourceOf = (name: string) => sources.get(modelCommon.get(name.slice(inside.length))!);
    return { prefix, bare, isWhole, sourceOf, matches: names.filter((name) => sourceOf(name) !== undefined).length };
  });
  const reading = readings.filter(({ isWhole }) => isWhole).reduce((best, next) => (next.matches > best.matches ? next : best));

  const stem = options.adaptStem ? names.find((name) => model.get(name)!.isKernel && !kept.includes(name)) : undefined;
  const wanted = names.filter((name) => !kept.includes(name));
  const pairs = wanted.flatMap((name) => {
    const source = reading.sourceOf(name);
    if (source === undefined) return [];
    const [expected, found] = [model.get(name)!.shape, file.get(source)!.shape];
    if (expected.join() === found.join()) return [{ name, source, fits: true }];
    const stemFits = name === stem && withoutChannels(expected) === withoutChannels(found) && found[1]! > 0;
    return [stemFits ? { name, source, fits: true, stemChannels: expected[1]! } : { name, source, fits: false }];
  });
  const fitting = pairs.filter(({ fits }) => fits);
  const used = new Set([...pairs.map(({ source }) => source), ...kept.map(reading.sourceOf)]);
  const adapted = fitting.find(({ stemChannels }) => stemChannels !== undefined);
  const report: LoadReport = {
    loaded: fitting.map(({ name }) => name),
    missing: wanted.filter((name) => reading.sourceOf(name) === undefined),
    unexpected: offered.filter((name) => !used.has(name) && !keep.some((module) => isIn(reading.bare.get(name)!, module))),
    misshapen: pairs
      .filter(({ fits }) => !fits)
      .map(({ name, source }) => ({ name, expected: model.get(name)!.shape, found: file.get(source)!.shape })),
    kept,
    prefix: reading.prefix,
    ...(adapted && { stem: { name: adapted.name, from: file.get(adapted.source)!.shape[1]!, to: adapted.stemChannels! } }),
  };
  checkFloats(fitting, file, where);
  checkFit(report, partial, where);
  return { report, sources: fitting.map(({ name, source, stemChannels }) => ({ name, source, ...(stemChannels && { stemChannels }) })) };
}

/** What PyTorch's and others' wrappers put before a network's names. */
export const WRAPPERS: readonly string[] = ['module', '_orig_mod', 'model', 'net', 'backbone', 'encoder'];

/** Nothing, and whatever of {@link WRAPPERS} names begin with, shorter before longer. */
function prefixesOf(names: readonly string[]): string[] {
  const prefixes = new Set(['']);
  for (const name of names) {
    let prefix = '';
    for (const segment of name.split('.').slice(0, -1)) {
      if (!WRAPPERS.includes(segment)) break;
      prefix += `${segment}.`;
      prefixes.add(prefix);
    }
  }
  return [...prefixes].sort((a, b) => a.length - b.length);
}

const isIn = (name: string, module: string) => name.startsWith(`${module}.`);
const withoutChannels = ([out, , ...kernel]: readonly number[]) => [out, ...kernel].join();

function checkModule(module: string, model: ReadonlyMap<string, Wanted>): void {
  if ([...model.keys()].some((name) => isIn(name, module))) return;
  const modules = [...new Set([...model.keys()].map((name) => name.split('.')[0]!))];
  throw new MgmtError('the model has no such module', {
    code: 'nn/no-such-module',
    expected: `one of ${modules.join(', ')}`,
    found: module,
  });
}

function checkFloats(pairs: readonly { readonly source: string }[], file: ReadonlyMap<string, Offered>, where: string | undefined): void {
  const other = pairs.find(({ source }) => !FLOATS.includes(file.get(source)!.type));
  if (!other) return;
  throw doNotFit(
    where,
    `${other.source} of type ${file.get(other.source)!.type}`,
    'save the weights as floats; quantized ones are not read',
  );
}

const FLOATS: readonly ElementType[] = ['F32', 'F16', 'BF16', 'F64'];

function checkFit({ loaded, missing, unexpected, misshapen, stem }: LoadReport, partial: boolean, where: string | undefined): void {
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    ...unexpected.map((name) => `${name} is unexpected`),
    ...misshapen.map(({ name, expected, found }) => `${name} is ${found.join(' x ')}, not ${expected.join(' x ')}`),
  ];
  if (partial ? loaded.length > 0 : wrong.length === 0) return;
  const shown = wrong.slice(0, 6).join('; ');
  const channels = misshapen.some(({ expected, found }) => expected.length > 3 && withoutChannels(expected) === withoutChannels(found));
  const advice = channels && !stem ? 'adapt the first convolution with { adaptStem: true }, ' : '';
  throw doNotFit(
    where,
    wrong.length > 6 ? `${shown}; and ${wrong.length - 6} more` : shown,
    partial
      ? 'the file is of another network'
      : `check the config (channels, classes, blocks), ${advice}keep a head of your own with { keep: ['fc'] }, or load what fits with { partial: true }`,
  );
}

const doNotFit = (where: string | undefined, found: string, hint: string) =>
  new MgmtError('the weights do not fit the network', { code: 'nn/weights-do-not-fit', ...(where && { where }), found, hint });
