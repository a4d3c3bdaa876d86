import { checkOption } from './checkValues.js';

/**
 * Cross entropy, in nats, of giving every case the same probability: the line that a learning curve must get below to have learned anything.
 *
 * @param share - of class 1 among the cases that are scored, in [0, 1]
 * @param guess - the probability given to each, in [0, 1]; by default the share itself, the best there is; 0.5 costs ln 2 whatever the share
 * @returns 0 or more; Infinity where the guess rules out what occurs
 * @throws `MgmtError` `evaluation/bad-option`
 * @example
 * guessingLoss(246 / 468); // 0.691832
 * guessingLoss(246 / 468, 0.5); // 0.693147
 */
export function guessingLoss(share: number, guess: number = share): number {
  checkOption(share >= 0 && share <= 1, 'share', '0 to 1', share);
  checkOption(guess >= 0 && guess <= 1, 'guess', '0 to 1', guess);
  return cost(share, guess) + cost(1 - share, 1 - guess);
}

/** -share ln(guess), and nothing for what never occurs. */
const cost = (share: number, guess: number) => (share === 0 ? 0 : -share * Math.log(guess));
