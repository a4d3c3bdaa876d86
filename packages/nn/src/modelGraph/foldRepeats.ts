import type { Part } from './layerRuns.js';

/** Equal blocks, one directly behind the other, become one with a count. A dense layer's channels grow; it counts as equal. */
export function foldRepeats(parts: readonly Part[]): Part[] {
  const folded: Part[] = [];
  const renamed = new Map<string, string>();
  for (const original of parts) {
    const part = { ...original, inputs: original.inputs.map((id) => renamed.get(id) ?? id) };
    const at = folded.findIndex(({ id }) => id === part.inputs[0]);
    const before = folded[at];
    const readers = parts.filter(({ inputs }) => inputs.includes(before?.id ?? '')).length;
    if (!before || readers !== 1 || part.inputs.length !== 1 || part.skips.length === 0 || signature(before) !== signature(part)) {
      folded.push(part);
      continue;
    }
    folded.splice(at, 1);
    folded.push({ ...part, parameters: before.parameters + part.parameters, repeats: before.repeats + 1, inputs: before.inputs });
    renamed.set(before.id, part.id);
  }
  return folded;
}

const signature = ({ label, lines, skips }: Part): string => JSON.stringify([label, lines, skips]);
