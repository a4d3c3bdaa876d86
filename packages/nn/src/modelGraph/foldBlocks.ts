import type { Part } from './layerRuns.js';

/**
 * Every sum, product or concatenation of ways that part at one place becomes a block with them; blocks within blocks dissolve into the outer one.
 * Branches from several inputs stay as they are.
 */
export function foldBlocks(parts: readonly Part[]): Part[] {
  return parts.reduce<Part[]>((folded, part) => (part.kind === 'join' ? fold(folded, part, parts) : [...folded, part]), []);
}

function fold(before: readonly Part[], join: Part, all: readonly Part[]): Part[] {
  const ways = join.inputs.map((id) => wayTo(id, before, [...before, ...all.slice(all.indexOf(join))]));
  const fork = ways[0]?.fork;
  const inside = ways.flatMap(({ parts }) => parts);
  const leaving = [...before, ...all.slice(all.indexOf(join))].filter((part) => part.inputs.includes(fork ?? ''));
  const closed =
    fork !== undefined && ways.every((way) => way.fork === fork) && leaving.every((part) => part === join || inside.includes(part));
  if (!closed || inside.length === 0) return [...before, join];

  const [main, ...others] = ways.map(({ parts }) => parts).sort((a, b) => lineCount(b) - lineCount(a));
  const lines = [...main!.flatMap((part) => part.lines), ...join.lines];
  const block: Part = {
    ...join,
    kind: kindOf(main!),
    label: labelOf(join, main!),
    lines,
    skips: [
      ...shifted(main!),
      ...others.map((parts) => ({ from: 0, to: lines.length - 1, projected: parts.some(({ kind }) => kind !== 'other') })),
    ],
    parameters: join.parameters + inside.reduce((sum, { parameters }) => sum + parameters, 0),
    inputs: [fork],
  };
  return mergeTransformer([...before.filter((part) => !inside.includes(part)), block]);
}

/** Back from a part to where ways part: the parts of this way alone, and the id of the one before them. */
function wayTo(
  id: string,
  before: readonly Part[],
  all: readonly Part[],
): { readonly parts: readonly Part[]; readonly fork: string | undefined } {
  const parts: Part[] = [];
  let at: string | undefined = id;
  for (;;) {
    const part = before.find((candidate) => candidate.id === at);
    const readers = all.reduce((count, { inputs }) => count + inputs.filter((input) => input === at).length, 0);
    if (!part || readers !== 1 || part.inputs.length !== 1) return { parts, fork: at };
    parts.unshift(part);
    at = part.inputs[0];
  }
}

/** Attention and the MLP behind it, each a residual block, are one block of a transformer. */
function mergeTransformer(parts: Part[]): Part[] {
  const [first, second] = parts.slice(-2);
  if (second?.label !== MLP || first?.label !== ATTENTION || second.inputs[0] !== first.id) return parts;
  const block: Part = {
    ...second,
    kind: 'attention',
    label: 'transformer block',
    lines: [...first.lines, ...second.lines],
    skips: shifted([first, second]),
    parameters: first.parameters + second.parameters,
    inputs: first.inputs,
  };
  return [...parts.slice(0, -2), block];
}

const [ATTENTION, MLP] = ['residual attention', 'residual MLP'];

function labelOf({ lines: [join = ''] }: Part, main: readonly Part[]): string {
  if (join.startsWith('concatenate')) return 'dense layer';
  if (join.startsWith('×')) return 'gated block';
  if (main.some(({ kind }) => kind === 'attention')) return ATTENTION!;
  return main.every(({ kind }) => kind === 'dense') ? MLP! : 'residual block';
}

const kindOf = (main: readonly Part[]): Part['kind'] => (main.some(({ kind }) => kind === 'attention') ? 'attention' : 'block');

const lineCount = (parts: readonly Part[]): number => parts.reduce((sum, { lines }) => sum + lines.length, 0);

/** The skips of parts in a row, counted in the lines of all. */
function shifted(parts: readonly Part[]): Part['skips'] {
  return parts.flatMap(({ skips }, i) => {
    const by = lineCount(parts.slice(0, i));
    return skips.map((skip) => ({ ...skip, from: skip.from + by, to: skip.to + by }));
  });
}
