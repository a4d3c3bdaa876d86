/** The logistic scale: a probability and its log odds. */

/** Log odds of a probability; infinite at 0 and 1. */
export const logit = (probability: number): number => Math.log(probability / (1 - probability));

/** The probability of log odds. */
export const expit = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Log likelihood of a target in [0, 1] given log odds, without overflow. */
export const logLikelihood = (target: number, logOdds: number): number =>
  target * logOdds - (logOdds > 0 ? logOdds + Math.log1p(Math.exp(-logOdds)) : Math.log1p(Math.exp(logOdds)));
