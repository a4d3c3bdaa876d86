/**
 * Where two JSON values differ, a line for each place: `config.schedule.factor: 0.5 -> 0.3`.
 *
 * @returns nothing where they are equal, whatever the order of their keys
 */
export function configDifference(before: unknown, after: unknown, path = ''): string[] {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => configDifference(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  const [was, is] = [JSON.stringify(before) ?? 'nothing', JSON.stringify(after) ?? 'nothing'];
  return was === is ? [] : [`${path}: ${was} -> ${is}`];
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
