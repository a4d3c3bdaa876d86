import type { ComparisonRow, ComparisonTable } from '@mgmt/report';

/** A mean with its interval. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What an interval of the mean AUC says, by one rule: where it lies to 0.5. */
export function verdictOnMean({ mean, low, high }: MeanInterval, { networks, cases }: { networks: number; cases: number }) {
  const found = `${networks} networks have a mean AUC of ${mean.toFixed(2)} on ${cases} validation cases (95 % interval ${low.toFixed(2)} to ${high.toFixed(2)})`;
  if (low > 0.5) {
    return {
      kind: 'connection found' as const,
      headline: `A connection was found: ${found}, above the 0.5 of a coin.`,
      detail: 'The interval resamples the validation patients, all seeds together, and lies above 0.5.',
    };
  }
  if (high < 0.5) {
    return {
      kind: 'below chance' as const,
      headline: `Below chance: ${found}, under the 0.5 of a coin.`,
      detail:
        'Chance does this once in forty studies. More often something is wrong: labels that were swapped, or a split that is not random.',
    };
  }
  return {
    kind: 'no connection found' as const,
    headline: `No connection was found: ${found}, which a coin would reach too.`,
    detail: `The interval resamples the validation patients, all seeds together, and holds 0.5. A mean AUC above ${high.toFixed(2)} is ruled out at that level, one below is not.`,
  };
}

/** A number of ours beside the paper's. */
export interface Compared {
  readonly name: string;
  /** Id of the figure that shows it. */
  readonly anchor?: string;
  readonly paper: number;
  readonly ours: number;
  readonly interval: readonly [number, number];
}

/** Our numbers beside the paper's, with a verdict each by the rule that the table states. */
export function compareWithPaper(compared: readonly Compared[], onPhantom: boolean): ComparisonTable {
  return {
    caption: 'Validation AUC of each network and training loss at the end, beside the paper’s (its Table 3 and section 5).',
    rule: 'Agrees: the paper’s number lies in our 95 % interval, and the interval is at most 0.25 wide. Differs: it lies outside. Cannot tell: the interval is wider than that, or the data are not the paper’s.',
    rows: compared.map((row): ComparisonRow => ({ ...row, ...verdictOf(row, onPhantom) })),
  };
}

function verdictOf({ paper, interval: [low, high] }: Compared, onPhantom: boolean): Pick<ComparisonRow, 'verdict' | 'reason'> {
  if (onPhantom) return { verdict: 'cannot tell', reason: 'not the paper’s data' };
  if (paper < low || paper > high)
    return { verdict: 'differs', reason: `the paper’s value lies ${paper < low ? 'below' : 'above'} our interval` };
  return high - low > 0.25
    ? { verdict: 'cannot tell', reason: 'our interval is too wide' }
    : { verdict: 'agrees', reason: 'the paper’s value lies in our interval' };
}
